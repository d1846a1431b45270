using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>What whoever acts may do.</summary>
/// <param name="Permissions">Names from <see cref="Team.Permissions"/>.</param>
/// <param name="Role">The name of an employee's role; null for everybody else.</param>
internal sealed record HeldPermissions(IReadOnlyCollection<string> Permissions, string? Role)
{
    public static readonly HeldPermissions None = new([], null);

    /// <summary>What they may look at: while the business is suspended, more than they may do.</summary>
    public IReadOnlyCollection<string> ToSee { get; private init; } = Permissions;

    /// <summary>The operator's sentence, where the business is suspended.</summary>
    public string? SuspendedReason { get; private init; }

    /// <summary>What is left of it in a business of that status: nothing in a closed one.</summary>
    public HeldPermissions In(BusinessStatus status, string? suspendedReason) => status switch
    {
        BusinessStatus.Active => this,
        BusinessStatus.Suspended => this with
        {
            Permissions = [.. Permissions.Intersect(Team.Permissions.WhileSuspended)], SuspendedReason = suspendedReason ?? "",
        },
        _ => None,
    };

    public bool Same(HeldPermissions other) => Role == other.Role && SuspendedReason == other.SuspendedReason
        && Permissions.ToHashSet().SetEquals(other.Permissions);
}
