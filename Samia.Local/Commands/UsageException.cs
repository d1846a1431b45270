namespace Samia.Local.Commands;

/// <summary>The command line is wrong; the message says where.</summary>
public sealed class UsageException(string message) : Exception(message);
