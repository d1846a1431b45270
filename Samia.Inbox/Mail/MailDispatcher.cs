using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Mail;

/// <summary>
/// Sends what waits in the queue, one mail after another: at once where this node queued it, by a look each second for
/// what other nodes left. A mail is tried again, ever more seldom, until the server takes it, refuses it for good, or
/// nobody needs it any more.
/// </summary>
internal sealed partial class MailDispatcher(
    MailQueue queue, MailSignal signal, MailProtector protector, MailRenderer renderer, MailMetrics metrics,
    IEnumerable<IMailTransport> transports, IOptions<MailOptions> options, TimeProvider time,
    ILogger<MailDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly MailOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (transports.SingleOrDefault() is not { } transport)
        {
            LogNotConfigured();
            return;
        }

        // A mail under way may be finished, for a moment: what is cut off may have arrived, and is sent again.
        using var sending = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => sending.CancelAfter(Grace));
        var ticking = TickAsync(stoppingToken);
        try
        {
            await foreach (var _ in signal.Arrivals.ReadAllAsync(stoppingToken))
            {
                await SendDueAsync(transport, sending.Token, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The claim of what was cut off ends by itself.
        }
        finally
        {
            await ticking;
        }
    }

    private async Task SendDueAsync(IMailTransport transport, CancellationToken sending, CancellationToken stoppingToken)
    {
        try
        {
            var now = time.GetUtcNow();
            while (await queue.ClaimAsync(now, now + _options.ClaimFor, stoppingToken) is { } mail)
            {
                await SendAsync(transport, mail, sending);
                now = time.GetUtcNow();
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The next look finds what is due.
            LogQueueAway(exception);
        }
    }

    private async Task SendAsync(IMailTransport transport, QueuedMail mail, CancellationToken cancellationToken)
    {
        MailMessage? message = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Timeout);
        try
        {
            message = protector.Unprotect(mail.Id, mail.Content);
            await transport.SendAsync(renderer.Render(mail.Id, message, mail.CreatedAt), patience.Token);
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            await NotSentAsync(mail, trouble, MailTrouble.Describe(trouble, message), cancellationToken);
            return;
        }

        await queue.RemoveAsync(mail, cancellationToken);
        metrics.Sent();
    }

    private async Task NotSentAsync(QueuedMail mail, Exception trouble, string reason, CancellationToken cancellationToken)
    {
        if (trouble is MailRefusedException or CryptographicException || mail.Attempts >= _options.MaxAttempts)
        {
            LogGivenUp(mail.Id, mail.Attempts, reason);
            metrics.GivenUp();
            await queue.RemoveAsync(mail, cancellationToken);
            return;
        }

        var wait = WaitAfter(mail.Attempts);
        LogNotSent(mail.Id, mail.Attempts, wait.TotalSeconds, reason);
        metrics.Retried();
        await queue.LaterAsync(mail, time.GetUtcNow() + wait, reason, cancellationToken);
    }

    // A quarter shorter or longer by chance, so that what failed together does not come back together.
    private TimeSpan WaitAfter(int attempts)
    {
        var seconds = _options.FirstWait.TotalSeconds * Math.Pow(2, attempts - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds) * (0.75 + (Random.Shared.NextDouble() / 2)));
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.LookEvery);
        try
        {
            do
            {
                signal.Arrived();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message =
        "No way to send e-mail is configured (Mail:Host or Mail:DropFolder): invitations and the like wait in the queue")]
    private partial void LogNotConfigured();

    [LoggerMessage(EventId = 7002, Level = LogLevel.Error, Message = "Mail {Id} will not arrive; given up after {Attempts} tries: {Reason}")]
    private partial void LogGivenUp(Guid id, int attempts, string reason);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Warning, Message = "Mail {Id} was not sent at try {Attempts}; the next is in {Seconds:0} s: {Reason}")]
    private partial void LogNotSent(Guid id, int attempts, double seconds, string reason);

    [LoggerMessage(EventId = 7004, Level = LogLevel.Error, Message = "The queue of mails could not be read or written")]
    private partial void LogQueueAway(Exception exception);
}
