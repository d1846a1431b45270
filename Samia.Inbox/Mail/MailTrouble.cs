using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Samia.Inbox.Mail;

/// <summary>Says why a mail was not sent, for operators. A server's answer may repeat the mail, whose link is a secret.</summary>
internal static partial class MailTrouble
{
    private const int MaxLength = 300;

    public static string Describe(Exception trouble, MailMessage? message)
    {
        var reason = trouble switch
        {
            MailRefusedException => trouble.Message,
            OperationCanceledException => "The mail server did not answer in time.",
            SmtpCommandException answer => $"{(int)answer.StatusCode} {answer.Message}",
            _ => $"{trouble.GetType().Name}: {trouble.Message}",
        };
        if (message?.ActionLink is { } link)
        {
            reason = reason.Replace(link.PathAndQuery, "[link]", StringComparison.OrdinalIgnoreCase);
        }

        reason = Address().Replace(reason, "[link]").ReplaceLineEndings(" ");
        return reason.Length <= MaxLength ? reason : reason[..MaxLength] + "…";
    }

    [GeneratedRegex(@"\bhttps?:\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
