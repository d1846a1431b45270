using System.Text.Json;

namespace Samia.Local.Legacy;

/// <summary>
/// Old conversations and the messages within them. All that was said with one customer becomes one conversation: where
/// the customer had several, or has one here already, the others are noted as merged into it.
/// <see cref="LegacyConversationSql"/> has the statements, <see cref="LegacyMessages"/> reads the messages.
/// </summary>
internal sealed class LegacyConversations : LegacyTable
{
    private static readonly LegacyStage Stage = new("legacy_conversations",
        ["key text", "id uuid", "wa_id text", "status text", "mode text", "unread integer", "created_at timestamptz", "last_at timestamptz", "place integer"],
        Later: "customer_id uuid, conversation_id uuid, fresh boolean");

    public override string Name => "conversations";
    public override IReadOnlyList<string> Required => ["customer_id", "messages"];
    public override IReadOnlyList<string> Optional => ["status", "mode", "unread_count", "created_at"];
    public override IReadOnlyList<LegacyReference> References => [new("customer_id", "customers", "customer", ["phone"])];
    public override IReadOnlyList<LegacyStage> Stages => [Stage, LegacyMessages.Stage, LegacyConversationSql.Added];
    public override IReadOnlyList<LegacyStatement> Statements => LegacyConversationSql.Statements;
    public override string Left => LegacyConversationSql.Left;

    public override void Read(LegacyRow row, LegacyTaking taking, LegacyContext context)
    {
        if (LegacyReferences.CustomerOf(row, out var number) is { } refusal)
        {
            taking.Refuse(refusal);
            return;
        }

        JsonDocument? messages;
        try
        {
            messages = row.Text("messages") is { } text ? JsonDocument.Parse(text) : null;
        }
        catch (JsonException)
        {
            taking.Refuse("its messages are no JSON");
            return;
        }

        using (messages)
        {
            if (messages is not null && messages.RootElement.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            {
                taking.Refuse("its messages are no JSON array");
                return;
            }

            var createdAt = LegacyTime.Past(row.Text("created_at"), context.Now);
            var id = context.IdOf(Name, taking.Key, createdAt);
            var said = messages is null ? LegacySaid.Nothing : LegacyMessages.Read(messages.RootElement, taking, id, createdAt, context);
            taking.Add(Stage, taking.Key, id, number, Status(row.Word("status")), row.Word("mode") is "ai" or "bot" or "assistant" ? "ai" : "human",
                (int)Math.Clamp(row.Number("unread_count") ?? 0, 0, said.Inbound), createdAt ?? said.First ?? context.Now, said.Last, taking.Place);
        }
    }

    // What nobody knows is open, so that somebody looks at it.
    private static string Status(string? old) => old switch
    {
        "resolved" or "closed" or "done" or "completed" or "archived" or "ended" => "resolved",
        "pending" or "waiting" or "on_hold" => "pending",
        _ => "open",
    };
}
