using MimeKit;

namespace Samia.Inbox.Mail;

/// <summary>Hands a mail to whoever delivers it.</summary>
internal interface IMailTransport
{
    /// <exception cref="MailRefusedException">It will never be taken. After any other exception it may be tried again.</exception>
    Task SendAsync(MimeMessage mail, CancellationToken cancellationToken);
}

/// <summary>The mail was refused for good.</summary>
/// <param name="reason">As the server put it, which may repeat the mail: see <see cref="MailTrouble"/>.</param>
internal sealed class MailRefusedException(string reason, Exception cause) : Exception(reason, cause);
