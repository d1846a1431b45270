using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>Where an admin sees which programs act for the business, and revokes their tokens.</summary>
public sealed partial class ApiTokensPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ApiTokenInfo>? _tokens;
    private Dictionary<Guid, string> _names = [];
    private LocalTime _time = null!;
    private string? _problem;

    [Inject]
    public required ApiTokens Tokens { get; init; }

    [Inject]
    public required Colleagues Colleagues { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private List<ApiTokenInfo> Working => [.. _tokens!.Where(t => t.WorksAt(Clock.GetUtcNow()))];

    private List<ApiTokenInfo> Ended => [.. _tokens!.Where(t => !t.WorksAt(Clock.GetUtcNow()))];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _names = (await Colleagues.AllAsync(_gone.Token)).ToDictionary(c => c.Id, c => c.Name);
        await ReadAsync();
    });

    private async Task ReadAsync()
    {
        _time = new LocalTime((await Business.GetAsync(_gone.Token)).TimeZone, Clock.GetUtcNow());
        _tokens = await Tokens.ListAsync(_gone.Token);
    }

    private Task RenameAsync(ApiTokenInfo token, string name) => TryAsync(async () =>
    {
        await Tokens.RenameAsync(token.Id, name, _gone.Token);
        await ReadAsync();
    });

    private Task RevokeAsync(ApiTokenInfo token) => TryAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Revoke the token “{0}”?", token.Name],
            L["The program that uses it is refused from now on. This cannot be undone."], L["Revoke"]))
        {
            await Tokens.RevokeAsync(token.Id, _gone.Token);
            Snackbar.Add(L["The token is revoked."], Severity.Success);
            await ReadAsync();
        }
    });

    private string? NameOf(ApiTokenInfo token) => token.CreatedById is { } id ? _names.GetValueOrDefault(id) : null;

    private async Task TryAsync(Func<Task> work)
    {
        _problem = null;
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is NotPermittedException or ArgumentException { ParamName: null })
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
    }
}
