using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Makes the sign-in of somebody who has none, and whose e-mail is theirs: they opened a link that was sent to it.</summary>
[RequiresNoPermission("The link's secret is what allows it.")]
public sealed class NewSignIns(UserManager<User> users, PlatformDbContext db, IStringLocalizer<Texts> texts)
{
    /// <returns>The sign-in, or a sentence for people.</returns>
    public Task<PasswordAttempt> CreateAsync(string email, string? password, CancellationToken cancellationToken) =>
        CreateAsync(NewUser(email), user => users.CreateAsync(user, password ?? ""), cancellationToken);

    /// <summary>Without a password.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="userId">For whom the passkey was made.</param>
    /// <param name="passkey">Read by <see cref="Passkeys.MadeAsync"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The sign-in, or a sentence for people.</returns>
    public Task<PasswordAttempt> CreateAsync(
        string email, Guid userId, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var user = NewUser(email);
        user.Id = userId;
        return CreateAsync(user, async made =>
        {
            var created = await users.CreateAsync(made);
            return created.Succeeded ? await users.AddOrUpdatePasskeyAsync(made, passkey) : created;
        }, cancellationToken);
    }

    private async Task<PasswordAttempt> CreateAsync(
        User user, Func<User, Task<IdentityResult>> create, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var result = await create(user);
            if (!result.Succeeded)
            {
                return new(null, result.ToSentence());
            }

            await transaction.CommitAsync(cancellationToken);
            return new(user, null);
        }
        catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Pressed twice, or in two tabs: the other one made it.
            return new(null, texts["There is a sign-in with this e-mail already."]);
        }
    }

    private static User NewUser(string email) => new() { UserName = email, Email = email, EmailConfirmed = true };
}
