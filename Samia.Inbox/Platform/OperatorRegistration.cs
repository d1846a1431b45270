using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Makes somebody one of those who run Samia. It asks for no permission: only a shell on the installation calls it, and
/// somebody has to be the first.
/// </summary>
[RequiresNoPermission("Only a shell on the installation calls it: somebody has to be the first.")]
public sealed class OperatorRegistration(
    UserManager<User> users, IDbContextFactory<PlatformDbContext> contexts, TimeProvider time)
{
    /// <summary>Their next sign-in asks for a second factor, and leads to setting one up where there is none.</summary>
    /// <param name="email">The person's sign-in, made where there is none.</param>
    /// <param name="name">As businesses read it in their logs.</param>
    /// <param name="password">For a sign-in that is made; an existing password is never changed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether a sign-in was made, so that the password is the one given.</returns>
    /// <exception cref="RegistrationException">The e-mail or the password is refused, or the person runs Samia already.</exception>
    public async Task<bool> RegisterAsync(string email, string name, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email);
        var made = user is null;
        if (user is null)
        {
            user = new User { UserName = email, Email = email };
            var result = await users.CreateAsync(user, password);
            if (!result.Succeeded)
            {
                throw new RegistrationException(string.Join(' ', result.Errors.Select(e => e.Description)));
            }
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.PlatformEmployees.SingleOrDefaultAsync(p => p.UserId == user.Id, cancellationToken);
        if (known is { IsActive: true })
        {
            throw new RegistrationException($"{email} runs Samia already.");
        }

        if (known is null)
        {
            db.Add(new PlatformEmployee { UserId = user.Id, Name = name, CreatedAt = time.GetUtcNow() });
        }
        else
        {
            (known.IsActive, known.Name) = (true, name);
        }

        await db.SaveChangesAsync(cancellationToken);
        return made;
    }
}
