using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Identity's store, as <c>samia_platform</c>, with its tokens encrypted: the key of a person's authenticator app and
/// their recovery codes. The purpose holds the person and the token's name, so that a ciphertext moved to another
/// person does not open.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
internal sealed class ProtectedUserStore(
    PlatformDbContext context, IDataProtectionProvider provider, IdentityErrorDescriber describer)
    : UserOnlyStore<User, PlatformDbContext, Guid>(context, describer)
{
    /// <summary>Begins the provider of what stands among Identity's tokens and is not encrypted.</summary>
    public const string OwnNotes = "samia.";

    public override Task SetTokenAsync(
        User user, string loginProvider, string name, string? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return base.SetTokenAsync(user, loginProvider, name, value is null ? null : For(user.Id, name).Protect(value), cancellationToken);
    }

    public override async Task<string?> GetTokenAsync(
        User user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } stored
            ? For(user.Id, name).Unprotect(stored) : null;
    }

    /// <summary>Forgets the person's authenticator key and recovery codes.</summary>
    public Task ForgetTokensAsync(User user, CancellationToken cancellationToken) =>
        Ciphertexts.Where(t => t.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Encrypts every person's tokens with the newest key. One that is replaced meanwhile has it already.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EncryptAnewAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var token in await Ciphertexts.AsNoTracking().ToListAsync(cancellationToken))
        {
            var protector = For(token.UserId, token.Name);
            var renewed = protector.Protect(protector.Unprotect(token.Value!));
            count += await UserTokens.Where(t => t.UserId == token.UserId && t.LoginProvider == token.LoginProvider
                    && t.Name == token.Name && t.Value == token.Value)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.Value, renewed), cancellationToken);
        }

        return count;
    }

    // What we note beside Identity's tokens is no secret.
    private IQueryable<IdentityUserToken<Guid>> Ciphertexts =>
        UserTokens.Where(t => !t.LoginProvider.StartsWith(OwnNotes) && t.Value != null);

    private IDataProtector For(Guid userId, string name) =>
        provider.CreateProtector("Samia.UserToken", userId.ToString(), name);
}
