using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using QRCoder;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>What an authenticator app needs to know: by a picture, or typed in by hand.</summary>
/// <param name="Key">In base32, in groups of four.</param>
/// <param name="Picture">An SVG element: the QR code of an <c>otpauth:</c> address.</param>
public sealed record AuthenticatorKey(string Key, string Picture);

/// <summary>Sets up, and ends, a person's second step: the codes of an authenticator app, and the recovery codes for when it is lost.</summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class Authenticator(
    UserManager<User> users, IUserStore<User> store, OneTryAtATime tries, Employments employments, SignInLog log,
    IStringLocalizer<Texts> texts)
{
    public const int RecoveryCodeCount = 10;

    private ProtectedUserStore Store => (ProtectedUserStore)store;

    /// <summary>Makes the key if there is none. It protects nothing before <see cref="ConfirmAsync"/>.</summary>
    public async Task<AuthenticatorKey> KeyAsync(User user, CancellationToken cancellationToken)
    {
        var key = await tries.RunAsync(user, async () =>
        {
            if (await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } known)
            {
                known = users.GenerateNewAuthenticatorKey();
                // Not by UserManager.ResetAuthenticatorKeyAsync, which ends the person's sessions.
                await Store.SetAuthenticatorKeyAsync(user, known, cancellationToken);
                await users.UpdateAsync(user);
            }

            return known;
        }, cancellationToken);
        return new AuthenticatorKey(string.Join(' ', key.Chunk(4).Select(part => new string(part))), PictureOf(user.Email!, key));
    }

    /// <summary>
    /// Asks for a code from now on. The security stamp changes: sessions that began without one end, unless the caller
    /// lets one stay.
    /// </summary>
    /// <returns>The recovery codes, which nobody can read again; null if the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(User user, string code, CancellationToken cancellationToken)
    {
        var codes = await tries.RunAsync(user, async () =>
        {
            if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, SecondFactor.Plain(code)))
            {
                return null;
            }

            await users.SetTwoFactorEnabledAsync(user, true);
            return await NewCodesAsync(user);
        }, cancellationToken);
        if (codes is not null)
        {
            await log.ChangedAsync(user.Id, "employee.second_step_on", cancellationToken);
        }

        return codes;
    }

    /// <summary>The old ones are worth nothing from now on.</summary>
    /// <returns>The new ones, which nobody can read again.</returns>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(User user, CancellationToken cancellationToken)
    {
        var codes = await tries.RunAsync(user, () => NewCodesAsync(user), cancellationToken);
        await log.ChangedAsync(user.Id, "employee.recovery_codes_made", cancellationToken);
        return codes;
    }

    /// <summary>Whether somebody has to keep it: who runs Samia itself always gives a second factor.</summary>
    /// <returns>A sentence for people; null if they may switch it off.</returns>
    public async Task<string?> MayEndAsync(User user, CancellationToken cancellationToken) =>
        await employments.OnPlatformAsync(user.Id, cancellationToken) is not null && (await users.GetPasskeysAsync(user)).Count == 0
            ? texts["Whoever runs Samia needs a second step. Add a passkey before you switch this one off."].Value : null;

    /// <summary>Asks for no code any more, and forgets the key. The security stamp changes.</summary>
    public async Task EndAsync(User user, CancellationToken cancellationToken)
    {
        await tries.RunAsync(user, async () =>
        {
            await Store.ForgetTokensAsync(user, cancellationToken);
            return await users.SetTwoFactorEnabledAsync(user, false);
        }, cancellationToken);
        await log.ChangedAsync(user.Id, "employee.second_step_off", cancellationToken);
    }

    /// <summary>Encrypts every person's key and recovery codes with the newest key of the key ring.</summary>
    /// <returns>How many there were.</returns>
    internal Task<int> EncryptAnewAsync(CancellationToken cancellationToken) => Store.EncryptAnewAsync(cancellationToken);

    private async Task<IReadOnlyList<string>> NewCodesAsync(User user) =>
        [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount))!];

    private static string PictureOf(string email, string key)
    {
        var (name, secret) = (UrlEncoder.Default.Encode(email), UrlEncoder.Default.Encode(key));
        using var data = QRCodeGenerator.GenerateQrCode(
            $"otpauth://totp/Samia:{name}?secret={secret}&issuer=Samia&digits=6", QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
