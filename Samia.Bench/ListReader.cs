using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Bench;

/// <summary>
/// Reads a page of open conversations through the product's own service, as one employee's circuit does: in one tenant
/// scope, with the permission asked for and row-level security on.
/// </summary>
internal sealed class ListReader : IAsyncDisposable
{
    public const int PageSize = 50;
    private static readonly ConversationListQuery Query = new(ConversationTab.All);
    private readonly AsyncServiceScope _scope;
    private readonly ConversationList _list;

    private ListReader(AsyncServiceScope scope, Guid businessId)
    {
        _scope = scope;
        _list = scope.ServiceProvider.GetRequiredService<ConversationList>();
        BusinessId = businessId;
    }

    public Guid BusinessId { get; }

    /// <summary>After which row the page begins; null for the first.</summary>
    public ConversationCursor? Cursor { get; private set; }

    /// <param name="cluster">Where.</param>
    /// <param name="conversations">The size of the business, which is filled on first use.</param>
    /// <param name="page">From 1. The pages before it are read to find where it begins.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ListReader> OpenAsync(
        BenchCluster cluster, int conversations, int page, CancellationToken cancellationToken)
    {
        var business = await cluster.BusinessOfSizeAsync(conversations, cancellationToken);
        var reader = new ListReader(cluster.Services.CreateTenantScope(business.Id, business.EmployeeId), business.Id);
        for (var before = 1; before < page; before++)
        {
            reader.Cursor = (await reader.PageAsync(cancellationToken))[^1].Cursor;
        }

        return reader;
    }

    public Task ReadAsync(CancellationToken cancellationToken) => PageAsync(cancellationToken);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    private async Task<List<ConversationRow>> PageAsync(CancellationToken cancellationToken)
    {
        var rows = await _list.PageAsync(Query, Cursor, PageSize, cancellationToken);
        return rows.Count == PageSize
            ? rows
            : throw new InvalidOperationException($"The list has {rows.Count} rows.");
    }
}
