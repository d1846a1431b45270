namespace Samia.Inbox.Team;

/// <summary>The settings <c>SignIn:*</c>.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>How often an open screen asks whether its employee still works here.</summary>
    public TimeSpan RevalidateEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many sign-ins one client address may try in a minute, an office behind one address included.</summary>
    public int TriesPerMinute { get; set; } = 30;
}
