using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// People's passkeys (WebAuthn). One is made and used with the person's finger, face or PIN, so it stands for both
/// factors, and it is found by the browser itself, so nobody types an e-mail.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission, and each person's passkeys are their own.")]
public sealed partial class Passkeys(
    SignInManager<User> signIn, UserManager<User> users, PasswordSignIn passwords, Employments employments, SignInLog log,
    IStringLocalizer<Texts> texts, ILogger<Passkeys> logger)
{
    public const int MaxNameLength = 60;
    public const int MaxCount = 20;

    /// <summary>What a browser is asked to sign in with. The challenge is in a cookie, and is taken once.</summary>
    /// <returns>JSON, as WebAuthn has it.</returns>
    public Task<string> RequestOptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>What a browser is asked to make for the person.</summary>
    /// <param name="userId">Of a person who has a sign-in, or of one who will.</param>
    /// <param name="email">As which the passkey is shown.</param>
    /// <param name="name">Of the person.</param>
    /// <returns>JSON, as WebAuthn has it.</returns>
    public Task<string> CreationOptionsAsync(Guid userId, string email, string name) =>
        signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = userId.ToString(), Name = email, DisplayName = name });

    /// <summary>Who holds the passkey that answered.</summary>
    public async Task<PasswordAttempt> TryAsync(string? credential, CancellationToken cancellationToken)
    {
        var result = await signIn.PerformPasskeyAssertionAsync(OrNone(credential));
        if (!result.Succeeded)
        {
            LogRefused(result.Failure.Message);
            return new(null, texts["This passkey was not accepted. Try again, or sign in with your password."]);
        }

        if (await users.IsLockedOutAsync(result.User))
        {
            return new(null, await passwords.LockedOutAsync(result.User, already: true, cancellationToken));
        }

        // How often it was used is a sign of a copy, were it to fall behind.
        var kept = await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return kept.Succeeded ? new(result.User, null) : new(null, kept.ToSentence());
    }

    /// <summary>Reads what a browser made.</summary>
    /// <returns>The passkey and whose it is to be; null if it was not made for what was asked.</returns>
    public async Task<(Guid UserId, UserPasskeyInfo Passkey)?> MadeAsync(string? credential, string? name, string device)
    {
        var result = await signIn.PerformPasskeyAttestationAsync(OrNone(credential));
        if (!result.Succeeded)
        {
            LogRefused(result.Failure.Message);
            return null;
        }

        result.Passkey.Name = NameOf(name, device);
        return (Guid.Parse(result.UserEntity.Id), result.Passkey);
    }

    /// <summary>Adds what the person's browser made.</summary>
    /// <returns>A sentence for people; null if it is done.</returns>
    public async Task<string?> AddAsync(User user, string? credential, string? name, string device, CancellationToken cancellationToken)
    {
        if ((await users.GetPasskeysAsync(user)).Count >= MaxCount)
        {
            return texts["You have {0} passkeys, which is as many as there can be. Remove one first.", MaxCount];
        }

        if (await MadeAsync(credential, name, device) is not { } made || made.UserId != user.Id)
        {
            return texts.Say(NotMade);
        }

        var added = await users.AddOrUpdatePasskeyAsync(user, made.Passkey);
        if (added.Succeeded)
        {
            await log.ChangedAsync(user.Id, "employee.passkey_added", cancellationToken);
        }

        return added.Succeeded ? null : added.ToSentence();
    }

    /// <returns>A sentence for people; null if it is done.</returns>
    public async Task<string?> RenameAsync(User user, byte[] id, string? name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await users.GetPasskeyAsync(user, id) is not { } passkey)
        {
            return texts.Say(Gone);
        }

        passkey.Name = NameOf(name, passkey.Name ?? "");
        var renamed = await users.AddOrUpdatePasskeyAsync(user, passkey);
        return renamed.Succeeded ? null : renamed.ToSentence();
    }

    /// <returns>A sentence for people, such as that they could not sign in any more; null if it is done.</returns>
    public async Task<string?> RemoveAsync(User user, byte[] id, CancellationToken cancellationToken)
    {
        var all = await users.GetPasskeysAsync(user);
        if (!all.Any(p => p.CredentialId.AsSpan().SequenceEqual(id)))
        {
            return texts.Say(Gone);
        }

        if (all.Count == 1 && user.PasswordHash is null)
        {
            return texts["You could not sign in without it. Set a password first."];
        }

        if (all.Count == 1 && !user.TwoFactorEnabled && await employments.OnPlatformAsync(user.Id, cancellationToken) is not null)
        {
            return texts["Whoever runs Samia needs a second step. Set another one up before you remove this passkey."];
        }

        var removed = await users.RemovePasskeyAsync(user, id);
        await log.ChangedAsync(user.Id, "employee.passkey_removed", cancellationToken);
        return removed.Succeeded ? null : removed.ToSentence();
    }

    public static readonly string NotMade = Text.Key("The passkey was not made. Try again.");
    private static readonly string Gone = Text.Key("This passkey is gone already.");

    // The framework refuses what is no credential, but throws at an empty text.
    private static string OrNone(string? credential) => string.IsNullOrWhiteSpace(credential) ? "{}" : credential;

    private static string NameOf(string? wanted, string otherwise)
    {
        var name = string.IsNullOrWhiteSpace(wanted) ? otherwise : wanted.Trim();
        return name.Length > MaxNameLength ? name[..MaxNameLength] : name;
    }

    [LoggerMessage(EventId = 5012, Level = LogLevel.Information, Message = "A passkey was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
