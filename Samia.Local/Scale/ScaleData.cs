using Npgsql;

namespace Samia.Local.Scale;

/// <summary>
/// Fills a business with very many conversations, for measuring. It writes by COPY, which row-level security does not
/// allow to anybody but a superuser, and it is therefore only for a private cluster.
/// </summary>
public static class ScaleData
{
    private const int ConversationsPerTransaction = 10_000;

    /// <summary>
    /// Adds conversations of the last 90 days: 60% open, 10% pending, 5% snoozed, 25% resolved; a tenth assigned to
    /// each of up to three employees.
    /// </summary>
    /// <param name="superuserConnection">Signs in as a superuser.</param>
    /// <param name="businessId">The business to fill.</param>
    /// <param name="conversations">How many to add to those it has.</param>
    /// <param name="messagesPerConversation">On average, at least 1; each has from one to twice as many less one.</param>
    /// <param name="progress">Told how many conversations were added so far.</param>
    /// <param name="cancellationToken">Stops after rows that are complete in themselves.</param>
    public static async Task FillAsync(
        string superuserConnection, Guid businessId, int conversations, int messagesPerConversation,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messagesPerConversation, 1);
        await using var connection = new NpgsqlConnection(superuserConnection + ";Command Timeout=0;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        // The rows are right by construction: checking each reference would take longer than writing it.
        await ExecuteAsync(connection, "set session_replication_role = replica; set synchronous_commit = off", cancellationToken);
        var employees = await EmployeesAsync(connection, businessId, cancellationToken);
        var first = await CountAsync(connection, businessId, cancellationToken);
        var story = new ScaleStory(businessId, employees, first, conversations, messagesPerConversation, DateTimeOffset.UtcNow);

        for (var from = 0; from < conversations; from += ConversationsPerTransaction)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = Enumerable.Range(from, Math.Min(ConversationsPerTransaction, conversations - from))
                .Select(story.Conversation).ToList();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await Task.Run(() => ScaleCopy.Write(connection, businessId, batch), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            progress?.Report(from + batch.Count);
        }

        await ExecuteAsync(connection, "vacuum (analyze) customers, conversations, messages", cancellationToken);
    }

    private static async Task<Guid[]> EmployeesAsync(
        NpgsqlConnection connection, Guid businessId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select coalesce(array_agg(id), '{}') from (select id from employees where business_id = $1 order by id limit 3) e",
            connection) { Parameters = { new() { Value = businessId } } };
        return (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> CountAsync(
        NpgsqlConnection connection, Guid businessId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select count(*) from customers where business_id = $1", connection)
        {
            Parameters = { new() { Value = businessId } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
