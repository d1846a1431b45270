using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>An employee as colleagues see them.</summary>
public sealed record Colleague(Guid Id, string Name, bool IsActive)
{
    /// <summary>Of whoever left, offline.</summary>
    public Presence Presence { get; init; }

    /// <summary>How many open conversations they take at a time; null for any number.</summary>
    public int? Capacity { get; init; }

    /// <summary>Changes with the picture; null where there is none.</summary>
    public string? AvatarVersion { get; init; }

    /// <summary>One or two letters for an avatar.</summary>
    public string Initials => NameInitials.Of(Name);
}

/// <summary>Who works in the business, those who left included, because their names stand beside what they wrote.</summary>
[RequiresNoPermission("Who works in the business is no secret within it: names stand beside what people wrote.")]
public sealed class Colleagues(IDbContextFactory<SamiaDbContext> contexts)
{
    /// <summary>In the order of their names.</summary>
    public async Task<IReadOnlyList<Colleague>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Employees.OrderBy(e => e.Name).Select(e => new Colleague(e.Id, e.Name, e.IsActive)
        {
            Presence = !e.IsActive || !db.OpenCircuits.Any(c => c.EmployeeId == e.Id) ? Presence.Offline
                : e.Availability == EmployeeAvailability.Away ? Presence.Away : Presence.Online,
            Capacity = e.Capacity,
            AvatarVersion = e.AvatarVersion,
        }).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Whether the employee works here. They cannot be deactivated, or come back, before the caller's transaction ends.
    /// Call it after locking the conversation that it is about.
    /// </summary>
    internal static async Task<bool> HoldActiveAsync(SamiaDbContext db, Guid employeeId, CancellationToken cancellationToken)
    {
        var active = await db.Database.SqlQuery<bool>($"select is_active from employees where id = {employeeId} for share")
            .ToListAsync(cancellationToken);
        return active is [true];
    }
}
