namespace Samia.Inbox.Businesses;

/// <summary>What a screen may show of a stored secret.</summary>
public static class SecretHint
{
    private const int Shown = 4;

    /// <summary>The last four characters; fewer than half of a short one. Null if there is no secret.</summary>
    public static string? Of(string? secret) => secret?[^Math.Min(Shown, secret.Length / 3)..];
}
