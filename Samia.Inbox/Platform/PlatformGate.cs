using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Says who of the platform acts in a scope, a request's or a circuit's. Every service of the operator asks it first, so
/// that a page's policy is never the only guard.
/// </summary>
[RequiresNoPermission("It is what is asked.")]
public sealed class PlatformGate(IDbContextFactory<PlatformDbContext> contexts, IStringLocalizer<Texts> texts)
{
    private (Guid Id, string? Address)? _entered;

    /// <summary>Notes who came in, if it is somebody of the platform.</summary>
    /// <exception cref="InvalidOperationException">The scope already acts for somebody else of the platform.</exception>
    public void Enter(ClaimsPrincipal user)
    {
        if (user.PlatformEmployeeId is not { } id)
        {
            return;
        }

        if (_entered is { } other && other.Id != id)
        {
            throw new InvalidOperationException("This scope already acts for somebody else of the platform.");
        }

        _entered = (id, user.CallerAddress ?? _entered?.Address);
    }

    /// <exception cref="NotPlatformException">It is nobody of the platform, or somebody who no longer is.</exception>
    public async Task<PlatformActor> DemandAsync(CancellationToken cancellationToken)
    {
        if (_entered is not var (id, address))
        {
            throw new NotPlatformException(texts["Only whoever runs Samia itself may do this."]);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = await db.PlatformEmployees.Where(p => p.Id == id && p.IsActive).Select(p => p.Name)
            .SingleOrDefaultAsync(cancellationToken);
        return name is null
            ? throw new NotPlatformException(texts["Only whoever runs Samia itself may do this."])
            : new PlatformActor(id, name, address);
    }
}

/// <summary>Somebody who does not run Samia asked for what is the operator's. The message is for people.</summary>
public sealed class NotPlatformException(string message) : RefusedException(message);
