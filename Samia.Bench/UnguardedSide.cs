using System.Text.RegularExpressions;
using Npgsql;

namespace Samia.Bench;

/// <summary>
/// A connection as the tables' owner, without row-level security, and what the product's statements have to say there:
/// <c>where business_id = …</c> in place of each policy, for a parameter, as everybody writes it who has no policies.
/// </summary>
internal sealed class UnguardedSide : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _tables;
    private readonly Guid _businessId;

    private UnguardedSide(NpgsqlConnection connection, IReadOnlyList<string> tables, Guid businessId) =>
        (Connection, _tables, _businessId) = (connection, tables, businessId);

    public NpgsqlConnection Connection { get; }

    public static async Task<UnguardedSide> OpenAsync(string ownerConnectionString, Guid businessId, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ownerConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        var side = new UnguardedSide(connection, await TablesAsync(connection, cancellationToken), businessId);
        // FORCE applies policies to the owner too; without it the owner is exempt, and nobody else is.
        await side.EachTableAsync("no force");
        return side;
    }

    /// <summary>The statement with a condition for each table; one that names the business by itself stays as it is.</summary>
    /// <exception cref="InvalidOperationException">It reads no table of a business.</exception>
    public RecordedStatement WithoutPolicies(RecordedStatement statement)
    {
        if (Regex.IsMatch(statement.Sql, @"\bbusiness_id = [$@]"))
        {
            return statement;
        }

        // Npgsql takes names or positions, and not both.
        var isNamed = statement.Sql.Contains('@');
        var parameter = isNamed ? "@tenant" : $"${statement.Parameters.Count + 1}";
        var sql = Regex.Replace(statement.Sql,
            $@"\b(from|join)\s+({string.Join('|', _tables)})\b(?:\s+(?:as\s+)?(?!(?:where|order|limit|for|left|inner|join|on|group|union|cross)\b)(\w+))?",
            match => $"{match.Groups[1]} (select * from {match.Groups[2]} where business_id = {parameter}) "
                + (match.Groups[3].Success ? match.Groups[3] : match.Groups[2]), RegexOptions.IgnoreCase);
        return sql == statement.Sql
            ? throw new InvalidOperationException("It reads no table of a business: " + sql)
            : statement with { Sql = sql, Parameters = [.. statement.Parameters, new() { ParameterName = isNamed ? "tenant" : "", Value = _businessId }] };
    }

    public async ValueTask DisposeAsync()
    {
        await EachTableAsync("force");
        await Connection.DisposeAsync();
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'business_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private async Task EachTableAsync(string forced)
    {
        await using var command = new NpgsqlCommand(
            string.Concat(_tables.Select(t => $"alter table {t} {forced} row level security;")), Connection);
        await command.ExecuteNonQueryAsync();
    }
}
