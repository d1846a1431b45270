namespace Samia.Inbox.WhatsApp;

/// <summary>What to do about an error of the Cloud API.</summary>
internal enum CloudApiAction
{
    /// <summary>Try again with growing waits, a bounded number of times.</summary>
    Retry,

    /// <summary>Try once more.</summary>
    RetryOnce,

    /// <summary>The number must send less: all its messages wait, then go on.</summary>
    SlowNumber,

    /// <summary>This number must send less to this person: their messages wait, the others go on.</summary>
    SlowPair,

    /// <summary>The token does not work: nothing of this business can be sent until a person connects it again.</summary>
    PauseForToken,

    /// <summary>The account is blocked or unpaid: nothing of this business can be sent until a person clears it.</summary>
    PauseForAccount,

    /// <summary>Trying again would not help.</summary>
    Fail,
}

/// <summary>A line of the table.</summary>
/// <param name="Action">What the dispatcher does.</param>
/// <param name="Sentence">For people: what happened, and what they can do. Shown once the message has failed or sending is paused.</param>
internal sealed record CloudApiRule(CloudApiAction Action, string Sentence)
{
    /// <summary>The wait after the first refusal; null for the usual one.</summary>
    public TimeSpan? FirstWait { get; init; }

    /// <summary>Meta's details name the field or file at fault, so people see them too.</summary>
    public bool ShowsDetails { get; init; }
}

/// <summary>
/// What each error code of the Cloud API means for Samia ("Error codes" of the WhatsApp Business Platform). A code
/// decides before the HTTP status does.
/// </summary>
internal static class CloudApiErrors
{
    /// <summary>Between our sentence and Meta's words.</summary>
    public const string BeforeDetails = " WhatsApp says: ";

    private const int MaxDetails = 300;

    /// <summary>The rule of an answer, known or not.</summary>
    public static CloudApiRule RuleOf(CloudApiError error) =>
        (error.Code is { } code ? Find(code) : null) ?? error switch
        {
            { HttpStatus: 429 } => CloudApiErrorTable.TooManyCalls,
            { HttpStatus: >= 500 } or { IsTransient: true } => CloudApiErrorTable.WhatsAppDown,
            { HttpStatus: 401 or 403, Code: null } => CloudApiErrorTable.TokenRefused,
            _ => Unknown(error),
        };

    /// <summary>The sentence for people of a failed message: our own where the code is known, else Meta's words.</summary>
    /// <param name="code">Meta's code, if there was one.</param>
    /// <param name="details">What Meta says of it.</param>
    public static string? SentenceFor(int? code, string? details) =>
        code is { } known && Find(known) is { } rule ? Sentence(rule, details) : Shortened(details);

    public static string Sentence(CloudApiRule rule, string? details) =>
        rule.ShowsDetails && Shortened(details) is { } shown ? rule.Sentence + BeforeDetails + shown : rule.Sentence;

    private static CloudApiRule? Find(int code) => code is >= 200 and <= 299
        ? CloudApiErrorTable.PermissionMissing
        : CloudApiErrorTable.Rules.GetValueOrDefault(code);

    private static CloudApiRule Unknown(CloudApiError error) => new(CloudApiAction.Fail,
        $"WhatsApp refused the message (error {error.Code ?? error.HttpStatus}). Send it again; if it fails once more, tell your admin.")
    {
        ShowsDetails = true,
    };

    private static string? Shortened(string? details) =>
        details is { Length: > MaxDetails } ? details[..MaxDetails] + "…" : details;
}
