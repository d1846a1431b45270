namespace Samia.Inbox.Live;

/// <summary>What somebody asked for collides with what is there already, such as a name that is taken. The message is for people.</summary>
public sealed class ConflictException(string message) : Exception(message);
