using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Mail;

/// <summary>Gives a mail its looks: plain text, and HTML in the house style that mail programs understand.</summary>
internal sealed class MailRenderer(IStringLocalizer<Texts> texts, IOptions<MailOptions> options)
{
    // Mail programs know no variables: the colours of samia.css, by value.
    private const string Ink = "color:#1d2327";
    private const string SoftInk = "color:#566069;font-size:13px";
    private const string Font = "font-family:Inter,system-ui,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:16px;line-height:1.5";
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="id">The same for each try, so that a mail that arrives twice is known as one.</param>
    /// <param name="message">What it says.</param>
    /// <param name="at">When it was queued.</param>
    public MimeMessage Render(Guid id, MailMessage message, DateTimeOffset at)
    {
        var language = Language.Find(message.Language.Split('-')[0]) ?? Language.All[0];
        var from = options.Value.Sender;
        var mail = new MimeMessage
        {
            MessageId = $"{id}@{from.Domain}",
            Date = at,
            Subject = OneLine(message.Subject),
            Body = new BodyBuilder { TextBody = Text(message, language), HtmlBody = Page(message, language) }.ToMessageBody(),
        };
        mail.From.Add(from);
        mail.To.Add(MailboxAddress.Parse(message.To));
        // No out-of-office replies, and no retries by programs that read mail.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail;
    }

    private string Text(MailMessage message, Language language)
    {
        var text = new StringBuilder().AppendJoin("\n\n", message.Paragraphs).Append("\n\n");
        if (message.ActionLink is { } link)
        {
            text.Append(CultureInfo.InvariantCulture, $"{message.ActionText}:\n{link.AbsoluteUri}\n\n");
        }

        return text.Append(Say(language, () => Footer(message))).Append('\n').ToString();
    }

    private string Page(MailMessage message, Language language)
    {
        var start = language.IsRightToLeft ? "right" : "left";
        var content = new StringBuilder();
        foreach (var paragraph in message.Paragraphs)
        {
            content.Append(CultureInfo.InvariantCulture, $"""<p style="margin:0 0 16px">{Html.Encode(paragraph)}</p>""");
        }

        if (message.ActionLink is { } link)
        {
            var href = Html.Encode(link.AbsoluteUri);
            content.Append(CultureInfo.InvariantCulture, $"""
                <p style="margin:24px 0"><a href="{href}" style="display:inline-block;padding:12px 24px;background:#0f6b62;color:#ffffff;font-weight:600;text-decoration:none;border-radius:10px">{Html.Encode(message.ActionText!)}</a></p>
                <p style="margin:0 0 16px;{SoftInk}">{Html.Encode(Say(language, () => texts["If the button does nothing, open this address in your browser:"]))}<br>
                <a href="{href}" dir="ltr" style="color:#0f6b62;word-break:break-all">{href}</a></p>
                """);
        }

        return $"""
            <!DOCTYPE html>
            <html lang="{language.Code}" dir="{language.Direction}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">
            <title>{Html.Encode(message.Subject)}</title>
            </head>
            <body dir="{language.Direction}" style="margin:0;padding:24px 12px;background:#f6f4f0;{Ink};{Font}">
            <table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #e4dfd7;border-radius:12px">
            <tr><td align="{start}" style="padding:24px 28px 0;color:#0f6b62;font-weight:700;{Font}">Samia</td></tr>
            <tr><td align="{start}" style="padding:12px 28px 16px;{Ink};{Font}">
            <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{Html.Encode(message.Subject)}</h1>
            {content}
            </td></tr>
            </table>
            <p style="max-width:560px;margin:16px auto 0;text-align:center;{SoftInk}">{Html.Encode(Say(language, () => Footer(message)))}</p>
            </body>
            </html>
            """;
    }

    private string Footer(MailMessage message) =>
        texts["Samia sent this to {0}. If you did not expect it, you need not do anything.", message.To];

    // The dispatcher has no language of its own, and the mail's is not that of whoever caused it.
    private static string Say(Language language, Func<string> text)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = language.Culture;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
