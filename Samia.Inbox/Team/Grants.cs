using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Nobody gives what they do not have, nor takes it from others: asked wherever permissions change hands, which is by a
/// role's permissions, by somebody's role, by an invitation and by an API token.
/// </summary>
public sealed class Grants(PermissionChecker permissions, IStringLocalizer<Texts> texts)
{
    /// <param name="names">Names from <see cref="Permissions"/>.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="NotPermittedException">Whoever acts does not hold one of them; the message is for people.</exception>
    /// <exception cref="ArgumentException">There is no such permission.</exception>
    [RequiresNoPermission("It asks for each permission that is given.")]
    public async Task DemandAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var asked = names.ToHashSet();
        if (asked.Except(Permissions.All).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(texts["There is no permission “{0}”.", unknown]);
        }

        var held = await permissions.AllAsync(cancellationToken);
        if (Permissions.Catalogue.FirstOrDefault(p => asked.Contains(p.Name) && !held.Contains(p.Name)) is { } missing)
        {
            throw new NotPermittedException(missing.Name,
                texts["You can give and take only what you may do yourself, and this is not yours: “{0}”", missing.Sentence(texts)]);
        }
    }

    /// <summary>For everything that the role allows, such as before it is given to somebody.</summary>
    /// <exception cref="NotPermittedException">Whoever acts does not hold all of it; the message is for people.</exception>
    /// <exception cref="ArgumentException">The business has no such role; the message is for people.</exception>
    public async Task DemandRoleAsync(SamiaDbContext db, Guid roleId, CancellationToken cancellationToken)
    {
        var role = await db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roleId, cancellationToken)
            ?? throw new ArgumentException(texts["This role does not exist any more. Choose another."]);
        // A permission that this version does not know allows nothing.
        await DemandAsync(SeededRoles.PermissionsOf(role).Intersect(Permissions.All), cancellationToken);
    }

    /// <summary>Whether whoever acts could give all of these, for a screen that offers roles.</summary>
    [RequiresNoPermission("It asks for each permission that is given.")]
    public async Task<bool> MayGiveAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        !names.Intersect(Permissions.All).Except(await permissions.AllAsync(cancellationToken)).Any();
}
