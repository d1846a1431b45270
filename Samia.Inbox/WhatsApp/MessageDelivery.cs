using Microsoft.Extensions.Options;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Hands one queued message to WhatsApp and writes what became of it, as the tenant. That a call begins is committed
/// before the call, so that whoever takes the entry up after a crash knows that the message may be on its way.
/// </summary>
[RequiresNoPermission("What it writes goes through services that only Samia itself may call.")]
internal sealed partial class MessageDelivery(
    OutboxClaims claims, WhatsAppClient client, OutgoingMessages messages, SendOutcome outcome, SendingTrouble trouble,
    OutboxCompletion completion, OutboundMetrics metrics, IOptions<OutboundOptions> options, TimeProvider time,
    ILogger<MessageDelivery> logger)
{
    private readonly OutboundOptions _options = options.Value;

    public async Task DeliverAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        var messageId = claim.MessageId ?? throw new InvalidOperationException("An entry to send a message names none.");
        if (await messages.FindQueuedAsync(messageId, cancellationToken) is not { } message)
        {
            await completion.RemoveAsync(claim, cancellationToken);
            return;
        }

        if (claim.Attempts >= Math.Max(_options.MaxSlowAttempts, _options.MaxAttempts))
        {
            // Only faults of our own, which the dispatcher counts too, lead here.
            await FailAsync(claim, null, CloudApiErrorTable.OurFault.Sentence, cancellationToken);
            return;
        }

        if (claim.CallStartedAt is { } started && !await MaySendAgainAsync(claim, started, cancellationToken))
        {
            return;
        }

        if (await trouble.OpenAsync(claim, cancellationToken) is not { } number)
        {
            await claims.LaterAsync(claim, time.GetUtcNow(), claim.Attempts, answered: true, "token unreadable", cancellationToken);
        }
        else if (await claims.StartCallAsync(claim, time.GetUtcNow(), cancellationToken) is { } calling)
        {
            var answer = await client.SendAsync(number, message, cancellationToken);
            await TakeAsync(calling, message, answer, cancellationToken);
        }
    }

    // The answer of an earlier call was lost. A status that tells of it would have taken the entry away.
    private async Task<bool> MaySendAgainAsync(OutboxClaim claim, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var patience = started + _options.AnswerPatience;
        if (time.GetUtcNow() < patience)
        {
            await claims.LaterAsync(claim, patience, claim.Attempts, answered: false, "no answer yet", cancellationToken);
            return false;
        }

        if (claim.Attempts >= _options.MaxUnanswered)
        {
            await FailAsync(claim, null, CloudApiErrorTable.NoAnswer.Sentence, cancellationToken);
            return false;
        }

        return true;
    }

    private async Task TakeAsync(
        OutboxClaim claim, OutgoingMessage message, CloudApiAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case CloudApiAccepted { Wamid: { } wamid }:
                await OutboxCompletion.WriteAsync(ct => outcome.SentAsync(message.Id, wamid, ct), cancellationToken);
                metrics.Accepted("message");
                metrics.Waited(time.GetUtcNow() - message.SentAt);
                break;
            case CloudApiRefused { Error: var error }:
                await RefusedAsync(claim, error, cancellationToken);
                break;
            case CloudApiNotCalled { Reason: var reason }:
                await RetryAsync(claim, CloudApiErrorTable.Unreachable, null, reason, cancellationToken);
                break;
            case CloudApiUnanswered { Reason: var reason }:
                metrics.Unanswered();
                LogUnanswered(claim.MessageId, claim.BusinessId, reason);
                await claims.LaterAsync(claim, claim.CallStartedAt!.Value + _options.AnswerPatience, claim.Attempts,
                    answered: false, reason, cancellationToken);
                break;
        }
    }

    private Task RefusedAsync(OutboxClaim claim, CloudApiError error, CancellationToken cancellationToken)
    {
        var rule = CloudApiErrors.RuleOf(error);
        return rule.Action switch
        {
            CloudApiAction.PauseForToken or CloudApiAction.PauseForAccount => PauseAsync(claim, rule, error, cancellationToken),
            CloudApiAction.Fail => FailAsync(claim, error.Code, CloudApiErrors.Sentence(rule, error.Details), cancellationToken),
            _ => RetryAsync(claim, rule, error, $"WhatsApp answered {error.Code ?? error.HttpStatus}", cancellationToken),
        };
    }

    // The refused call does not count: it says nothing of the message.
    private async Task PauseAsync(
        OutboxClaim claim, CloudApiRule rule, CloudApiError error, CancellationToken cancellationToken)
    {
        await trouble.PauseAsync(claim, rule, error, cancellationToken);
        await claims.LaterAsync(claim, time.GetUtcNow(), claim.Attempts - 1, answered: true,
            $"WhatsApp answered {error.Code ?? error.HttpStatus}", cancellationToken);
    }

    private async Task RetryAsync(
        OutboxClaim claim, CloudApiRule rule, CloudApiError? error, string reason, CancellationToken cancellationToken)
    {
        var slows = rule.Action is CloudApiAction.SlowNumber or CloudApiAction.SlowPair;
        var most = slows ? _options.MaxSlowAttempts : rule.Action == CloudApiAction.RetryOnce ? 2 : _options.MaxAttempts;
        var next = time.GetUtcNow() + Backoff.After(claim.Attempts, rule.FirstWait ?? _options.FirstWait, error?.RetryAfter);
        if (rule.Action == CloudApiAction.SlowNumber)
        {
            await trouble.SlowAsync(claim, error!, next, cancellationToken);
        }

        if (claim.Attempts >= most)
        {
            await FailAsync(claim, error?.Code, CloudApiErrors.Sentence(rule, error?.Details), cancellationToken);
            return;
        }

        metrics.Retried(error?.Code);
        await claims.LaterAsync(claim, next, claim.Attempts, answered: true, reason, cancellationToken);
    }

    private async Task FailAsync(OutboxClaim claim, int? code, string sentence, CancellationToken cancellationToken)
    {
        await OutboxCompletion.WriteAsync(ct => outcome.FailedAsync(claim.MessageId!.Value, code, sentence, ct), cancellationToken);
        metrics.Failed(code);
        LogFailed(claim.MessageId, claim.BusinessId, code, claim.Attempts);
    }

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning,
        Message = "Message {MessageId} of business {BusinessId} was given up after {Attempts} attempts: WhatsApp's code {Code}")]
    private partial void LogFailed(Guid? messageId, Guid businessId, int? code, int attempts);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Warning,
        Message = "The answer about message {MessageId} of business {BusinessId} was lost: {Reason}")]
    private partial void LogUnanswered(Guid? messageId, Guid businessId, string reason);
}
