using Samia.Data;

namespace Samia.Inbox.CannedResponses;

/// <summary>A prepared answer.</summary>
/// <param name="Shortcut">Typed after a slash.</param>
/// <param name="Folder">Empty for none.</param>
/// <param name="TeamId">Who sees one of a team.</param>
/// <param name="OwnerId">Who sees one that is personal.</param>
/// <param name="Variants">What it says, once per language.</param>
public sealed record CannedResponseDetails(
    Guid Id, string Shortcut, string Title, string Folder, CannedResponseVisibility Visibility, Guid? TeamId, Guid? OwnerId,
    long UsageCount, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    IReadOnlyList<CannedText> Variants);

/// <summary>What a prepared answer says in one language.</summary>
/// <param name="Language">A BCP 47 tag.</param>
public sealed record CannedText(string Language, string Body);

/// <summary>What a prepared answer is to be.</summary>
/// <param name="TeamId">Given for one of a team, and only then.</param>
public sealed record CannedResponseContent(
    string Shortcut, string Title, string Folder, CannedResponseVisibility Visibility, Guid? TeamId, IReadOnlyList<CannedText> Variants);
