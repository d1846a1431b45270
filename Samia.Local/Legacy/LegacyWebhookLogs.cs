using System.Text;

namespace Samia.Local.Legacy;

/// <summary>Old webhook bodies, as a record: none is processed again, whatever became of it.</summary>
internal sealed class LegacyWebhookLogs : LegacyTable
{
    private static readonly LegacyStage Stage = new("legacy_webhook_logs",
        ["key text", "id uuid", "received_at timestamptz", "body bytea", "last_error text"]);

    public override string Name => "webhook_logs";
    public override IReadOnlyList<string> Required => ["payload", "created_at"];
    public override IReadOnlyList<string> Optional => ["error"];
    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        new("""
            insert into webhook_logs (business_id, id, received_at, body, status, attempts, last_error, processed_at)
            select app.current_business_id(), id, received_at, body, 'done', 1, last_error, received_at from legacy_webhook_logs
            on conflict do nothing
            """, Adds: "webhook_logs"),
    ];

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        var (body, at) = (row.Raw("payload"), LegacyTime.Past(row.Text("created_at"), context.Now));
        if (string.IsNullOrEmpty(body) || at is null)
        {
            taking.Refuse(at is null ? "it does not say when it came" : "it is empty");
            return;
        }

        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, at), at, Encoding.UTF8.GetBytes(body), row.Text("error"));
    }
}
