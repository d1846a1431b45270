namespace Samia.Inbox.Team;

/// <summary>
/// Whether an employee can be reached now: without an open circuit they are offline, otherwise what they say of
/// themselves.
/// </summary>
public enum Presence { Offline, Away, Online }
