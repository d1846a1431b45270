using System.Text.Json.Nodes;

namespace Samia.Local.Legacy;

/// <summary>Old notifications for admins, each of the kind <c>legacy.noted</c> with its words in the details.</summary>
internal sealed class LegacyAdminNotifications : LegacyTable
{
    private static readonly LegacyStage Stage = new("legacy_admin_notifications",
        ["key text", "id uuid", "severity text", "details text", "created_at timestamptz", "is_read boolean"]);

    public override string Name => "admin_notifications";
    public override IReadOnlyList<string> Required => ["title", "created_at"];
    public override IReadOnlyList<string> Optional => ["message", "severity", "type", "is_read"];
    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        new("""
            insert into admin_notifications (business_id, id, severity, kind, details, dedup_key, created_at, acknowledged_at)
            select app.current_business_id(), id, severity, 'legacy.noted', details::jsonb, 'legacy:' || id, created_at,
                case when is_read then created_at end
            from legacy_admin_notifications
            on conflict do nothing
            """, Adds: "admin_notifications"),
    ];

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        var (title, message, at) = (row.Text("title"), row.Text("message"), LegacyTime.Past(row.Text("created_at"), context.Now));
        if ((title ?? message) is null || at is null)
        {
            taking.Refuse(at is null ? "it does not say when it was" : "it says nothing");
            return;
        }

        var details = new JsonObject { ["title"] = title ?? message, ["message"] = message, ["type"] = row.Text("type") };
        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, at), Severity(row.Word("severity")), details.ToJsonString(), at, row.Flag("is_read"));
    }

    private static string Severity(string? old) => old switch
    {
        "critical" or "error" or "urgent" or "high" => "critical",
        "warning" or "warn" or "medium" => "warning",
        _ => "info",
    };
}
