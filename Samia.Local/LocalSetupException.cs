namespace Samia.Local;

/// <summary>Something on this machine is missing or in the way. The message says what to do; no stack is needed.</summary>
public sealed class LocalSetupException(string message) : Exception(message);
