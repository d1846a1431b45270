using System.Linq.Expressions;
using Samia.Data;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>An address of the business's own, without its secret.</summary>
/// <param name="Events">Names from <see cref="WebhookEventType.Catalogue"/>.</param>
/// <param name="IsActive">Whether it is called.</param>
/// <param name="StoppedReason">Why Samia stopped calling it; null if it is called, or somebody paused it.</param>
/// <param name="FailuresInARow">Deliveries that were given up since one last arrived.</param>
public sealed record WebhookInfo(
    Guid Id, string Url, IReadOnlyList<string> Events, bool IsActive, string? StoppedReason, int FailuresInARow,
    DateTimeOffset CreatedAt)
{
    internal static readonly Expression<Func<OutgoingWebhook, WebhookInfo>> Projection = w => new WebhookInfo(
        w.Id, w.Url, w.Events, w.IsActive, w.StoppedReason, w.FailuresInARow, w.CreatedAt);
}

/// <summary>What a webhook is to be.</summary>
public sealed record WebhookContent(string Url, IReadOnlyList<string> Events, bool IsActive = true);

/// <summary>The secret by which calls are signed: nobody can be shown it again.</summary>
public sealed record ShownWebhookSecret(Guid WebhookId, string Secret)
{
    /// <summary>Names it without the secret.</summary>
    public override string ToString() => $"Secret of webhook {WebhookId}";
}

/// <summary>One event for one address, and how its delivery goes.</summary>
/// <param name="Event">Its type, such as <c>message.created</c>.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="ResponseStatus">Of the last try; null if there was no answer.</param>
/// <param name="Error">The name of why there was no answer.</param>
/// <param name="TookMilliseconds">How long the last try took.</param>
/// <param name="NextAttemptAt">When it is tried again; null if it is not.</param>
public sealed record WebhookDeliveryInfo(
    Guid Id, Guid WebhookId, string Event, WebhookDeliveryState State, int Attempts, int? ResponseStatus, string? Error,
    double? TookMilliseconds, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, DateTimeOffset? NextAttemptAt);

/// <summary>A delivery with what was sent and answered.</summary>
/// <param name="Body">What is sent; null if whoever asks may not see such things.</param>
/// <param name="ResponseBody">The beginning of the answer to the last try.</param>
public sealed record WebhookDeliveryDetails(WebhookDeliveryInfo Delivery, string? Body, string? ResponseBody);
