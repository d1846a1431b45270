using System.Security.Cryptography;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>What is done to a business's sending when WhatsApp refuses more than one message: it is slowed or stopped.</summary>
[RequiresNoPermission("What it writes goes through services that only Samia itself may call.")]
internal sealed partial class SendingTrouble(
    SendingState sending, SecretProtector secrets, OutboundMetrics metrics, ILogger<SendingTrouble> logger)
{
    /// <summary>The number to send from; null if its token cannot be read, and then sending was stopped.</summary>
    public async Task<CloudApiNumber?> OpenAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            return new CloudApiNumber(claim.PhoneNumberId, secrets.OpenAccessToken(claim.BusinessId, claim.AccessToken));
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(exception, claim.BusinessId);
            await PauseAsync(claim, CloudApiErrorTable.TokenUnreadable, null, cancellationToken);
            return null;
        }
    }

    /// <summary>Stops the business's sending until a person resumes it or connects the number again.</summary>
    public async Task PauseAsync(
        OutboxClaim claim, CloudApiRule rule, CloudApiError? error, CancellationToken cancellationToken)
    {
        if (await sending.PauseAsync(rule.Sentence, error?.Code, claim.AccessToken, cancellationToken))
        {
            metrics.Paused(error?.Code);
            LogPaused(claim.BusinessId, error?.Code, error?.HttpStatus, error?.TraceId);
        }
    }

    /// <summary>Has the business's queue wait.</summary>
    public async Task SlowAsync(
        OutboxClaim claim, CloudApiError error, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await sending.SlowAsync(until, cancellationToken))
        {
            metrics.Slowed(error.Code);
            LogSlowed(claim.BusinessId, error.Code, until);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error,
        Message = "Sending of business {BusinessId} is paused: WhatsApp answered {Code} (HTTP {HttpStatus}, trace {TraceId})")]
    private partial void LogPaused(Guid businessId, int? code, int? httpStatus, string? traceId);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "The access token of business {BusinessId} cannot be decrypted")]
    private partial void LogUnreadable(Exception exception, Guid businessId);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning,
        Message = "Sending of business {BusinessId} is slowed until {Until}: WhatsApp answered {Code}")]
    private partial void LogSlowed(Guid businessId, int? code, DateTimeOffset until);
}
