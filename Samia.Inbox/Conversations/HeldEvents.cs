using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>Keeps what arrived before the message it refers to, and hands it out when the message is there.</summary>
internal static class HeldEvents
{
    /// <summary>How long an event waits for its message. Meta delivers again for up to seven days.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(8);

    /// <summary>
    /// Holds the door of one wamid until the transaction ends. Whoever looks for a message and, not finding it, holds
    /// an event, and whoever gives a message its wamid and looks for held events, must both pass here first, or each
    /// could miss the other.
    /// </summary>
    public static Task LockAsync(SamiaDbContext db, string wamid, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({db.Tenant.BusinessId + wamid}, 0))", cancellationToken);

    /// <summary>Keeps the event, and forgets what waited too long.</summary>
    public static async Task HoldAsync(
        SamiaDbContext db, IntakeEvent held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - Patience;
        await db.HeldEvents.Where(h => h.ReceivedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var (target, key, kind, payload) = held switch
        {
            StatusUpdate s => (s.Wamid, $"{s.Status}:{s.At.ToUnixTimeSeconds()}", HeldEventKind.Status, JsonSerializer.Serialize(s)),
            Revision r => (r.TargetWamid, r.Wamid, HeldEventKind.Revision, JsonSerializer.Serialize(r)),
            _ => throw new ArgumentException("Only what refers to a message can be held.", nameof(held)),
        };
        await db.Database.ExecuteSqlAsync($"""
            insert into held_events (business_id, id, target_wamid, dedup_key, kind, payload, received_at)
            values ({db.Tenant.BusinessId}, {Guid.CreateVersion7()}, {target}, {key},
                {(kind == HeldEventKind.Status ? "status" : "revision")}, {payload}::jsonb, {now})
            on conflict do nothing
            """, cancellationToken);
    }

    /// <summary>Takes out what waited for the message, in the order in which it happened.</summary>
    public static async Task<List<IntakeEvent>> TakeAsync(
        SamiaDbContext db, string wamid, CancellationToken cancellationToken)
    {
        var held = await db.HeldEvents.Where(h => h.TargetWamid == wamid).ToListAsync(cancellationToken);
        db.RemoveRange(held);
        return [.. held.Select(Understand).OrderBy(e => e is StatusUpdate s ? s.At : ((Revision)e).At)];
    }

    private static IntakeEvent Understand(HeldEvent held) => held.Kind == HeldEventKind.Status
        ? JsonSerializer.Deserialize<StatusUpdate>(held.Payload)!
        : JsonSerializer.Deserialize<Revision>(held.Payload)!;
}
