namespace Samia.Inbox.Team;

/// <summary>
/// How somebody proved who they are. All but a password alone hold a second factor: a code and a recovery code come
/// after the password, and a passkey is both, what one has and what one knows or is.
/// </summary>
public enum SignInProof { Password, Code, RecoveryCode, Passkey }
