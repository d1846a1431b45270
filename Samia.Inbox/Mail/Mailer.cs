using MimeKit;
using Samia.Data;

namespace Samia.Inbox.Mail;

/// <summary>
/// Queues e-mails. Sending is <see cref="MailDispatcher"/>'s, later and as often as it takes, so that what causes a mail
/// does not wait for a mail server.
/// </summary>
public sealed class Mailer(MailProtector protector, MailSignal signal, TimeProvider time)
{
    /// <summary>
    /// Adds the mail and saves all that the context holds, in its transaction if it has one: an invitation and its mail
    /// are there together or not at all.
    /// </summary>
    /// <exception cref="ArgumentException">The recipient is no e-mail address; the message is for people.</exception>
    public async Task QueueAsync(PlatformDbContext db, MailMessage message, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(message.To, out var to) || to.Address != message.To)
        {
            throw new ArgumentException("This is not an e-mail address that a mail can be sent to.");
        }

        if (message.ActionLink is { } link && (message.ActionText is null || link.Scheme is not ("http" or "https")))
        {
            throw new ArgumentException("A mail's link leads to a web page and has a text.", nameof(message));
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.Add(new QueuedMail
        {
            Id = id, ToAddress = message.To, Content = protector.Protect(id, message), CreatedAt = now, DueAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        // Within a transaction this is too early, and the dispatcher's next look finds the mail.
        signal.Arrived();
    }
}
