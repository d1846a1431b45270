using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>An employee as colleagues see them.</summary>
public sealed record Colleague(Guid Id, string Name, bool IsActive)
{
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
        return await db.Employees.OrderBy(e => e.Name).Select(e => new Colleague(e.Id, e.Name, e.IsActive))
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> IsActiveAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Employees.AnyAsync(e => e.Id == employeeId && e.IsActive, cancellationToken);
    }
}
