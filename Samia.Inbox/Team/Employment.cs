using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>One active place of a person in one business, as signing in needs it.</summary>
public sealed record Employment
{
    public required Guid BusinessId { get; init; }
    public required string BusinessName { get; init; }
    public required BusinessStatus BusinessStatus { get; init; }
    public required Guid EmployeeId { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }

    /// <summary>The people of a suspended business sign in and see why; only a closed one lets nobody in.</summary>
    public bool IsOpen => BusinessStatus != BusinessStatus.Closed;
}
