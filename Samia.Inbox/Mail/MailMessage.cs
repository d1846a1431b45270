namespace Samia.Inbox.Mail;

/// <summary>An e-mail in words. <see cref="MailRenderer"/> gives it its looks.</summary>
/// <param name="To">The address alone, such as <c>maya@example.com</c>.</param>
/// <param name="Subject">Also the heading. Plain text, as all of it.</param>
/// <param name="Paragraphs">In the language given.</param>
/// <param name="ActionText">What the button says; null for a mail that asks for nothing.</param>
/// <param name="ActionLink">Where the button leads: made by <see cref="Shell.PublicAddress"/>.</param>
/// <param name="Language">A BCP 47 tag. Of a language that Samia does not speak it is English.</param>
public sealed record MailMessage(
    string To, string Subject, IReadOnlyList<string> Paragraphs, string? ActionText, Uri? ActionLink, string Language)
{
    /// <summary>Names the mail without its link, which signs somebody in.</summary>
    public override string ToString() => $"Mail to {To}";
}
