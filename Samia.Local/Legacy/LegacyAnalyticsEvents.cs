using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samia.Local.Legacy;

/// <summary>
/// Old analytics events. Of their properties only numbers and truth values come along, because what is counted here
/// never holds a customer's words.
/// </summary>
internal sealed class LegacyAnalyticsEvents : LegacyTable
{
    private const int MaxKind = 60;

    private static readonly LegacyStage Stage = new("legacy_analytics_events",
        ["key text", "id uuid", "kind text", "at timestamptz", "amount double precision", "details text"]);

    public override string Name => "analytics_events";
    public override IReadOnlyList<string> Required => ["event", "created_at"];
    public override IReadOnlyList<string> Optional => ["value", "properties"];
    public override IReadOnlyList<LegacyStage> Stages => [Stage];

    public override IReadOnlyList<LegacyStatement> Statements =>
    [
        // A month whose rows went to the default partition before can have none of its own any more, and does without.
        new("""
            select app.ensure_analytics_partition(m.first at time zone 'UTC')
            from (select distinct date_trunc('month', at at time zone 'UTC') as first from legacy_analytics_events) m
            where not exists (select from partitions.analytics_events_default d
                where d.id >= app.uuid7_floor(m.first) and d.id < app.uuid7_floor(m.first + interval '1 month'))
            """, InDryRun: false),
        new("""
            insert into analytics_events (business_id, id, kind, at, amount, details)
            select app.current_business_id(), id, kind, at, amount, details::jsonb from legacy_analytics_events
            on conflict do nothing
            """, Adds: "analytics_events"),
    ];

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        var (kind, at) = (row.Text("event"), LegacyTime.Past(row.Text("created_at"), context.Now));
        var refusal = kind is null ? "it does not say what happened"
            : kind.Length > MaxKind ? "what happened is told in more than 60 characters"
            : at is null ? "it does not say when it happened"
            : null;
        if (refusal is not null)
        {
            taking.Refuse(refusal);
            return;
        }

        taking.Add(Stage, taking.Key, context.IdOf(Name, taking.Key, at), kind, at, (double?)row.Number("value"), Countable(row.Text("properties")));
    }

    private static string? Countable(string? properties)
    {
        try
        {
            if (properties is null || JsonNode.Parse(properties) is not JsonObject all)
            {
                return null;
            }

            var kept = all.Where(p => p.Value?.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())).ToList();
            return kept.Count == 0 ? null : new JsonObject(kept).ToJsonString();
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            // The event counts nevertheless. An object may also have a name twice, or half of a character.
            return null;
        }
    }
}
