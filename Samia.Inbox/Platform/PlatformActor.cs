using System.Text.Json;
using System.Text.Json.Nodes;
using Samia.Data;

namespace Samia.Inbox.Platform;

/// <summary>Somebody of the platform who acts on a business from outside.</summary>
/// <param name="Id">The platform employee.</param>
/// <param name="Name">As the business's admins read it.</param>
/// <param name="IpAddress">Where the request or circuit came from.</param>
public sealed record PlatformActor(Guid Id, string Name, string? IpAddress)
{
    /// <summary>
    /// A row for the log of the business, signed by who acts, or by Samia itself if there is nobody. The name stands in
    /// the details, because a business cannot look up the platform's people.
    /// </summary>
    public static ActivityLog Log(
        PlatformActor? actor, Guid businessId, DateTimeOffset at, string action,
        object? before = null, object? after = null, object? details = null)
    {
        var more = JsonSerializer.SerializeToNode(details ?? new { })!.AsObject();
        if (actor is not null)
        {
            more["by"] = actor.Name;
        }

        return new ActivityLog
        {
            BusinessId = businessId, At = at, Action = action, SubjectId = businessId,
            ActorKind = actor is null ? ActorKind.Product : ActorKind.Operator, ActorId = actor?.Id, IpAddress = actor?.IpAddress,
            Before = Json(before), After = Json(after), Details = more.Count == 0 ? null : more.ToJsonString(),
        };
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value);
}
