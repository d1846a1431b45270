using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Tests.Search;

/// <summary>How a search is to be written.</summary>
public sealed class RightSearch(IDbContextFactory<SamiaDbContext> contexts)
{
    public async Task<List<Customer>> FindAsync(string? search, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customers = db.Customers.AsNoTracking();
        if (SearchText.Of(search) is { } text)
        {
            customers = customers.Where(c => EF.Functions.ILike(c.ProfileName!, SearchText.Pattern(text), "\\"));
        }

        return await customers.Take(count).ToListAsync(cancellationToken);
    }
}

/// <summary>What its page asks for.</summary>
public sealed record JoinedQuery(Guid? EmployeeId = null, string? Search = null);

/// <summary>Joins text to SQL.</summary>
public sealed class JoinedSearch(TenantSql sql)
{
    public Task<List<string>> FindAsync(JoinedQuery query, CancellationToken cancellationToken) => sql.ReadAsync(
        $"select profile_name from customers where profile_name ilike '%{query.Search}%'", [], r => r.GetString(0), cancellationToken);
}

/// <summary>Looks over all businesses.</summary>
public sealed class WideSearch(PlatformDataSource platform)
{
    public async Task<List<string>> FindAsync(string search, CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand("select slug from businesses where slug = $1 or name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = SearchText.Of(search) ?? "" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}

/// <summary>Cannot be called by somebody who does not know what a stream is.</summary>
public sealed class UncallableSearch(TimeProvider time)
{
    public Task<long> FindAsync(string search, Stream into) => Task.FromResult(search.Length + into.Length + time.GetTimestamp());
}
