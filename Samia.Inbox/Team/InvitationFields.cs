using Microsoft.Extensions.Localization;
using MimeKit;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Checks what people type of somebody whom they invite.</summary>
internal static class InvitationFields
{
    private const int MaxEmail = 256;

    /// <returns>The address in lower case, as it is compared.</returns>
    /// <exception cref="TeamRefusedException">It is none that a mail can be sent to.</exception>
    public static string Email(string email, IStringLocalizer<Texts> texts)
    {
        var trimmed = email.Trim().ToLowerInvariant();
        return trimmed.Length <= MaxEmail && MailboxAddress.TryParse(trimmed, out var address) && address.Address == trimmed
            && trimmed.IndexOf('@') is > 0 and var at && at < trimmed.Length - 1
            ? trimmed
            : throw new TeamRefusedException(texts["This is no e-mail address. Write it like name@example.com."]);
    }

    /// <exception cref="TeamRefusedException">Samia does not speak it.</exception>
    public static string Language(string code, IStringLocalizer<Texts> texts) => Shell.Language.Find(code)?.Code
        ?? throw new TeamRefusedException(texts["Choose one of the languages of the list."]);
}
