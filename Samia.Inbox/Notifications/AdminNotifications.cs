using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Notifications;

/// <summary>What a business's admins must see to.</summary>
internal static class AdminNotifications
{
    /// <summary>
    /// Tells the admins, in the caller's transaction; nothing if the same is told already and nobody has said that they
    /// saw to it.
    /// </summary>
    /// <param name="db">Of the business, or the platform's.</param>
    /// <param name="businessId">Whose admins.</param>
    /// <param name="severity">How urgent it is.</param>
    /// <param name="kind">Named <c>subject.verb</c>.</param>
    /// <param name="dedupKey">What is the same.</param>
    /// <param name="details">What the kind defines; becomes JSON. Null where there is nothing more to say.</param>
    /// <param name="now">When it happened.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task RaiseAsync(
        SamiaDbContext db, Guid businessId, AdminNotificationSeverity severity, string kind, string dedupKey, object? details,
        DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
            insert into admin_notifications (business_id, id, severity, kind, details, dedup_key, created_at)
            values ({businessId}, {Guid.CreateVersion7(now)}, {StoredEnum.NameOf(severity)}, {kind},
                {(details is null ? null : JsonSerializer.Serialize(details, JsonSerializerOptions.Web))}::jsonb, {dedupKey}, {now})
            on conflict (business_id, dedup_key) where acknowledged_at is null do nothing
            """, cancellationToken);
}
