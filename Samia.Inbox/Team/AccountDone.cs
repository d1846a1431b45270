namespace Samia.Inbox.Team;

/// <summary>What the account page says after a form did its work.</summary>
internal static class AccountDone
{
    public const string Password = "password";
    public const string SecondStepOff = "second-step-off";
    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRenamed = "passkey-renamed";
    public const string PasskeyRemoved = "passkey-removed";
    public const string Session = "session";

    public static string AddressOf(string done) => $"{AccountPage.Address}?done={done}";
}
