using System.Text.Json;
using Microsoft.Extensions.Options;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Tells WhatsApp that a customer's message was read, as the tenant: payload <c>{"wamid": "…"}</c>. The blue ticks are a
/// courtesy, so after a few tries it is left; only a refused token matters to more than this.
/// </summary>
[RequiresNoPermission("What it writes goes through services that only Samia itself may call.")]
internal sealed class ReadReceiptDelivery(
    OutboxClaims claims, WhatsAppClient client, SendingTrouble trouble, OutboxCompletion completion,
    OutboundMetrics metrics, IOptions<OutboundOptions> options, TimeProvider time)
{
    private const int MaxAttempts = 3;

    public async Task DeliverAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        if (WamidOf(claim) is not { } wamid)
        {
            await completion.RemoveAsync(claim, cancellationToken);
        }
        else if (await trouble.OpenAsync(claim, cancellationToken) is not { } number)
        {
            await claims.LaterAsync(claim, time.GetUtcNow(), claim.Attempts, answered: true, "token unreadable", cancellationToken);
        }
        else if (await claims.StartCallAsync(claim, time.GetUtcNow(), cancellationToken) is { } calling)
        {
            await TakeAsync(calling, await client.MarkReadAsync(number, wamid, cancellationToken), cancellationToken);
        }
    }

    private async Task TakeAsync(OutboxClaim claim, CloudApiAnswer answer, CancellationToken cancellationToken)
    {
        var error = (answer as CloudApiRefused)?.Error;
        var action = error is null ? CloudApiAction.Retry : CloudApiErrors.RuleOf(error).Action;
        if (answer is CloudApiAccepted)
        {
            metrics.Accepted("read_receipt");
            await completion.RemoveAsync(claim, cancellationToken);
        }
        else if (action == CloudApiAction.PauseForToken)
        {
            await trouble.PauseAsync(claim, CloudApiErrors.RuleOf(error!), error, cancellationToken);
            await claims.LaterAsync(claim, time.GetUtcNow(), claim.Attempts - 1, answered: true, "token refused", cancellationToken);
        }
        else if (claim.Attempts >= MaxAttempts || action is CloudApiAction.Fail or CloudApiAction.PauseForAccount)
        {
            await completion.RemoveAsync(claim, cancellationToken);
        }
        else
        {
            // Marking twice does no harm, so a lost answer is like any other.
            var next = time.GetUtcNow() + Backoff.After(claim.Attempts, options.Value.FirstWait, error?.RetryAfter);
            metrics.Retried(error?.Code);
            await claims.LaterAsync(claim, next, claim.Attempts, answered: true, $"{error?.Code}", cancellationToken);
        }
    }

    private static string? WamidOf(OutboxClaim claim)
    {
        using var payload = JsonDocument.Parse(claim.Payload ?? "{}");
        return payload.RootElement.Text("wamid");
    }
}
