using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>What an address is told.</summary>
/// <param name="Id">The delivery's: the same however often it is sent.</param>
/// <param name="Data">As the REST API shows it.</param>
internal sealed record WebhookEvent(Guid Id, string Type, DateTimeOffset CreatedAt, Guid BusinessId, object Data);

/// <summary>
/// Writes what happened as deliveries and their outbox entries, in the transaction in which it happened: rolled back, it
/// is told to nobody.
/// </summary>
public sealed class WebhookRecorder(IOptions<JsonOptions> api, TimeProvider time)
{
    private readonly JsonSerializerOptions _json = new(api.Value.SerializerOptions) { Converters = { new StoredTime() } };

    /// <summary>Adds a delivery for each address that asked for what happened. The caller saves.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="record">What happened in it.</param>
    /// <param name="subscriptions">A JSON object of the addresses' ids and the events that each asked for.</param>
    internal void Add(SamiaDbContext db, WebhookRecord record, string subscriptions)
    {
        var asked = JsonSerializer.Deserialize<Dictionary<Guid, HashSet<string>>>(subscriptions)!;
        foreach (var (type, shown) in record.Happened(db))
        {
            foreach (var (webhookId, _) in asked.Where(a => a.Value.Contains(type)))
            {
                Add(db, webhookId, type, shown);
            }
        }
    }

    /// <summary>Adds one delivery. The caller saves.</summary>
    /// <returns>Its id.</returns>
    internal Guid Add(SamiaDbContext db, Guid webhookId, string type, object shown)
    {
        var now = time.GetUtcNow();
        var id = MessageIds.Next(now, now);
        var happened = new WebhookEvent(id, type, now, db.Tenant.BusinessId, shown);
        db.Add(new OutgoingWebhookDelivery
        {
            Id = id, OutgoingWebhookId = webhookId, Event = type, CreatedAt = now, Body = JsonSerializer.Serialize(happened, _json),
        });
        db.Add(new OutboxEntry { Id = id, Kind = OutboxKind.CallWebhook, Lane = webhookId, DueAt = now });
        return id;
    }

    // The database keeps microseconds: without this the API would later tell another time than the webhook did.
    private sealed class StoredTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond)));
    }
}
