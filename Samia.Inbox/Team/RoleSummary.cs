using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>A role as screens show it.</summary>
/// <param name="Description">In the business's own words; empty for a seeded role that nobody has described.</param>
/// <param name="IsFixed">It allows everything and cannot be changed.</param>
/// <param name="Permissions">In the order of the catalogue.</param>
/// <param name="Members">Active employees who have it.</param>
/// <param name="FormerMembers">Deactivated ones, who keep it from being deleted.</param>
public sealed record RoleSummary(
    Guid Id, string Name, string Description, bool IsSeeded, bool IsFixed, IReadOnlyList<string> Permissions, int Members,
    int FormerMembers)
{
    public const int MaxNameLength = 60;
    public const int MaxDescriptionLength = 300;

    internal static RoleSummary Of(Role role, int members, int formerMembers) => new(
        role.Id, role.Name, role.Description, role.IsSeeded, SeededRoles.AllowsAll(role),
        [.. Team.Permissions.All.Intersect(SeededRoles.PermissionsOf(role))], members, formerMembers);
}

/// <summary>A role that is to be.</summary>
public sealed record NewRole(string Name, string Description, IReadOnlyCollection<string> Permissions);

/// <summary>
/// What is to be different. Permissions are given and taken one by one, so that two who change a role at once do not
/// undo each other's work.
/// </summary>
public sealed record RoleChange
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyCollection<string> Grant { get; init; } = [];
    public IReadOnlyCollection<string> Revoke { get; init; } = [];
}
