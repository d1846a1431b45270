namespace Samia.Inbox.Api;

/// <summary>A token as the business's people see it.</summary>
/// <param name="LastFour">What they recognize it by.</param>
/// <param name="Permissions">Names from <c>Permissions</c>.</param>
/// <param name="RateLimit">Requests per minute.</param>
/// <param name="LastUsedAt">Within a minute; null if it never was.</param>
public sealed record ApiTokenInfo(
    Guid Id, string Name, string LastFour, IReadOnlyList<string> Permissions, int RateLimit, Guid? CreatedById,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>A token as the program that holds it sees it.</summary>
/// <param name="Permissions">Names from <c>Permissions</c>.</param>
/// <param name="RateLimit">Requests per minute.</param>
/// <param name="ExpiresAt">Null for never.</param>
public sealed record CurrentApiToken(
    Guid Id, string Name, IReadOnlyList<string> Permissions, int RateLimit, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>What a token is to be.</summary>
/// <param name="ExpiresAt">Null for never.</param>
public sealed record NewApiToken(string Name, IReadOnlyList<string> Permissions, int RateLimit, DateTimeOffset? ExpiresAt);

/// <summary>A token that was made.</summary>
/// <param name="Text">The token itself: nobody can be shown it again.</param>
public sealed record CreatedApiToken(Guid Id, string Text)
{
    /// <summary>Names it without its secret.</summary>
    public override string ToString() => $"API token {Id}";
}
