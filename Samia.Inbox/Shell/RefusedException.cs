namespace Samia.Inbox.Shell;

/// <summary>A service does not do what it was asked. The message is a sentence for whoever asked, in their language.</summary>
public abstract class RefusedException(string message) : Exception(message);
