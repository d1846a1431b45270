using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.CannedResponses;

/// <summary>What a prepared answer may look like.</summary>
[RequiresNoPermission("It knows no business: it only reads what it is given.")]
public sealed class CannedResponseRules(TenantContext tenant, IStringLocalizer<Texts> texts)
{
    public const int MaxShortcutLength = 40;
    public const int MaxTitleLength = 120;

    /// <summary>What WhatsApp takes of one text.</summary>
    public const int MaxBodyLength = 4096;

    /// <returns>The content as it is stored: trimmed, the shortcut in lower case, languages by their tags.</returns>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    public CannedResponseContent Checked(CannedResponseContent content)
    {
        var (shortcut, title, folder) = (content.Shortcut.Trim().TrimStart('/').ToLowerInvariant(), content.Title.Trim(), content.Folder.Trim());
        Demand(shortcut.Length is > 0 and <= MaxShortcutLength && !shortcut.Any(c => char.IsWhiteSpace(c) || c == '/'),
            texts["A shortcut has 1 to {0} characters, without spaces and slashes.", MaxShortcutLength]);
        Demand(title.Length is > 0 and <= MaxTitleLength && folder.Length <= MaxTitleLength,
            texts["A title has 1 to {0} characters, and a folder at most as many.", MaxTitleLength]);
        Demand((content.Visibility == CannedResponseVisibility.Team) == content.TeamId is not null,
            texts["Name a team for an answer of a team, and for no other."]);
        Demand(content.Visibility != CannedResponseVisibility.Personal || tenant.EmployeeId is not null,
            texts["A personal answer is an employee's. A program is nobody: choose the business or a team."]);

        List<CannedText> variants = [.. content.Variants.Select(v => new CannedText(LanguageOf(v.Language), v.Body.Trim()))];
        Demand(variants.Count > 0 && variants.All(v => v.Body.Length is > 0 and <= MaxBodyLength),
            texts["Say it in at least one language, in 1 to {0} characters.", MaxBodyLength]);
        Demand(variants.DistinctBy(v => v.Language).Count() == variants.Count, texts["Each language can be there once."]);
        return new CannedResponseContent(shortcut, title, folder, content.Visibility, content.TeamId, variants);
    }

    private string LanguageOf(string text) =>
        LanguageTag.Of(text) ?? throw new ArgumentException(texts["Name the language by its tag, such as ar or pt-BR."]);

    private static void Demand(bool isRight, string otherwise)
    {
        if (!isRight)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
