using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>What was asked of the team cannot be done. The message is for people, in their language.</summary>
public sealed class TeamRefusedException(string message) : RefusedException(message);
