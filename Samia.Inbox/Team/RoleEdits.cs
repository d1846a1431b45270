namespace Samia.Inbox.Team;

/// <summary>What somebody has ticked and unticked, and not saved yet, over roles that others may change meanwhile.</summary>
public sealed class RoleEdits
{
    private readonly Dictionary<(Guid Role, string Permission), bool> _wanted = [];

    public bool Allows(RoleSummary role, string permission) => _wanted.GetValueOrDefault((role.Id, permission), Stored(role, permission));

    public bool Changes(RoleSummary role, string permission) => Allows(role, permission) != Stored(role, permission);

    public void Set(RoleSummary role, string permission, bool allowed) => _wanted[(role.Id, permission)] = allowed;

    /// <summary>What is to be saved, of those roles only that would differ.</summary>
    public IReadOnlyList<PlannedRoleChange> Of(IEnumerable<RoleSummary> roles) =>
    [
        .. roles.Select(role => new PlannedRoleChange(role,
            [.. Permissions.Catalogue.Where(p => Changes(role, p.Name) && Allows(role, p.Name))],
            [.. Permissions.Catalogue.Where(p => Changes(role, p.Name) && !Allows(role, p.Name))]))
            .Where(change => change.Count > 0),
    ];

    /// <summary>Once it is saved.</summary>
    public void Forget(Guid roleId)
    {
        foreach (var key in _wanted.Keys.Where(key => key.Role == roleId).ToList())
        {
            _wanted.Remove(key);
        }
    }

    public void Clear() => _wanted.Clear();

    private static bool Stored(RoleSummary role, string permission) => role.Permissions.Contains(permission);
}

/// <summary>What is to be different in what a role allows, in the order of the catalogue.</summary>
public sealed record PlannedRoleChange(RoleSummary Role, IReadOnlyList<Permission> Gained, IReadOnlyList<Permission> Lost)
{
    public int Count => Gained.Count + Lost.Count;

    public RoleChange ToChange() => new() { Grant = [.. Gained.Select(p => p.Name)], Revoke = [.. Lost.Select(p => p.Name)] };
}
