using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Local.Transfer;

/// <summary>
/// What is not taken over as it was, because it would do something here: wake a queue, open a door whose key stayed
/// behind, or name what only the other installation has.
/// </summary>
internal static class ImportRules
{
    /// <summary>Tables that are not taken over, and why.</summary>
    public static IReadOnlyDictionary<string, string> NotTaken { get; } = new Dictionary<string, string>
    {
        ["activity_chains"] = "the database writes it anew with the log",
        ["outbox"] = "what still had to be sent is not sent from here; such messages say so in their thread",
        ["open_circuits"] = "nobody has a screen open here",
        ["idempotent_requests"] = "no token of the API was taken over that could repeat a request",
        ["push_subscriptions"] = "browsers let one installation push to them; people turn notifications on again",
    };

    /// <summary>
    /// Columns that get another value: SQL over the row <c>r</c> and <c>$2</c>, a JSON object with <c>slug</c>,
    /// <c>plan</c>, <c>people</c> (old id to new), <c>now</c>, <c>webhook_secret</c>, and sentences.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Changed { get; } = new Dictionary<string, string>
    {
        ["businesses.slug"] = "$2 ->> 'slug'",
        ["businesses.plan_id"] = "$2 ->> 'plan'",
        // What the other operator decided does not bind this one.
        ["businesses.status"] = "'active'",
        ["businesses.suspended_at"] = "null",
        ["businesses.suspended_reason"] = "null",
        ["businesses.closed_at"] = "null",
        ["businesses.delete_after"] = "null",
        ["businesses.exported_at"] = "null",
        ["employees.user_id"] = "($2 -> 'people' ->> r.user_id::text)::uuid",
        ["messages.status"] = "case r.status when 'queued' then 'failed' else r.status end",
        ["messages.error_text"] = "case r.status when 'queued' then $2 ->> 'not_sent' else r.error_text end",
        ["conversations.last_message_status"] = "case r.last_message_status when 'queued' then 'failed' else r.last_message_status end",
        // Only the record came along. Its keys name places in the other installation's store, and in this one perhaps
        // somebody else's file.
        ["media_files.store_key"] = "null",
        ["media_files.thumbnail_key"] = "null",
        ["media_files.state"] = "case r.state when 'stored' then 'deleted' else r.state end",
        // Nobody knows what these hashes are of.
        ["api_tokens.secret_hash"] = "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))",
        ["api_tokens.revoked_at"] = "coalesce(r.revoked_at, ($2 ->> 'now')::timestamptz)",
        ["invitations.secret_hash"] = "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))",
        ["invitations.revoked_at"] = "case when r.accepted_at is null then coalesce(r.revoked_at, ($2 ->> 'now')::timestamptz) else r.revoked_at end",
        ["outgoing_webhooks.secret"] = "$2 ->> 'webhook_secret'",
        ["outgoing_webhooks.is_active"] = "false",
        ["outgoing_webhooks.stopped_reason"] = "$2 ->> 'webhook_stopped'",
        ["outgoing_webhook_deliveries.state"] = "case r.state when 'pending' then 'failed' else r.state end",
        ["support_visits.left_at"] = "coalesce(r.left_at, least(r.ends_at, greatest(r.started_at, ($2 ->> 'now')::timestamptz)))",
        ["support_visits.ending"] = "coalesce(r.ending, 'left')",
    };

    /// <summary>An insert of the rows <c>$1</c>, a JSON array; <c>$2</c> as <see cref="Changed"/> says.</summary>
    /// <exception cref="LocalSetupException">The export has a column that this build does not know.</exception>
    public static string InsertOf(TenantTable table, ExportedFile file)
    {
        var known = table.Columns.Select(c => c.Name).ToHashSet();
        if (file.Columns.FirstOrDefault(c => !known.Contains(c)) is { } unknown)
        {
            throw new LocalSetupException($"The export has a column {table.Name}.{unknown} that this build does not know: it was made by a newer Samia.");
        }

        var columns = table.Columns.Select(c => c.Name).Where(c => Valued(table, file, c)).ToList();
        var values = columns.Select(c => table.LateColumns.Contains(c) ? "null" : Changed.GetValueOrDefault($"{table.Name}.{c}") ?? "r." + c);
        return $"insert into {table.Name} ({string.Join(", ", columns)}) select {string.Join(", ", values)} "
            + $"from json_populate_recordset(null::{table.Name}, $1) with ordinality as r order by ordinality";
    }

    /// <summary>Writes the references that had to wait for the tables after this one.</summary>
    public static string UpdateOf(TenantTable table) =>
        $"update {table.Name} t set {string.Join(", ", table.LateColumns.Select(c => $"{c} = r.{c}"))} "
        + $"from json_populate_recordset(null::{table.Name}, $1) r where t.business_id = r.business_id and t.id = r.id "
        + $"and num_nonnulls({string.Join(", ", table.LateColumns.Select(c => "r." + c))}) > 0";

    // What the export does not have, the database fills in, unless it is changed here.
    private static bool Valued(TenantTable table, ExportedFile file, string column) =>
        file.Columns.Contains(column) || Changed.ContainsKey($"{table.Name}.{column}");
}
