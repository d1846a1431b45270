using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// Lets somebody who forgot their password choose another, by a link in an e-mail. Its token is Identity's, which holds
/// for <see cref="Validity"/> and, because a new password changes the security stamp, once.
/// </summary>
[RequiresNoPermission("Whoever asks has forgotten what would prove who they are.")]
public sealed partial class PasswordReset(
    UserManager<User> users, PlatformDbContext db, Mailer mailer, PublicAddress address, OpenSessions sessions, SignInLog log,
    TimeProvider time, IStringLocalizer<Texts> texts, ILogger<PasswordReset> logger)
{
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>Nobody gets more than one mail in this time, whoever asks for it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    private const string Mailed = ProtectedUserStore.OwnNotes + "password-mail";

    /// <summary>Queues the mail, if there is such a person and they had none a moment ago.</summary>
    internal async Task SendLinkAsync(PasswordResetRequest request, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(request.Email) is not { } user)
        {
            LogUnknown();
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await TakeTurnAsync(user.Id, cancellationToken))
        {
            LogTooSoon(user.Id);
            return;
        }

        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));
        await mailer.QueueAsync(db, Write(user, address.Of($"{NewPasswordPage.Address}/{user.Id}/{token}"), request.Language), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogSent(user.Id);
    }

    /// <summary>Whose link it is; null if it was used, is too old, or never was one.</summary>
    /// <param name="link">Person and token, as the address has them.</param>
    public async Task<User?> OwnerAsync(string[] link) =>
        link is [var person, var token] && await users.FindByIdAsync(person) is { } user
            && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider,
                UserManager<User>.ResetPasswordTokenPurpose, Plain(token)) ? user : null;

    /// <summary>Sets the password. All of the person's sessions end, and a lockout too: they proved who they are.</summary>
    /// <returns>A sentence for people; null if it is done.</returns>
    public async Task<string?> ResetAsync(User user, string[] link, string? password, CancellationToken cancellationToken)
    {
        var result = await users.ResetPasswordAsync(user, Plain(link[1]), password ?? "");
        if (!result.Succeeded)
        {
            return result.ToSentence();
        }

        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await sessions.EndAllAsync(user.Id, null, cancellationToken);
        await log.ChangedAsync(user.Id, "employee.password_reset", cancellationToken);
        return null;
    }

    private static string Plain(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private async Task<bool> TakeTurnAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (at, since) = (now.ToString("O"), (now - Pause).ToString("O"));
        return await db.Database.ExecuteSqlAsync($"""
            insert into user_tokens as t (user_id, login_provider, name, value) values ({userId}, {Mailed}, 'at', {at})
            on conflict (user_id, login_provider, name) do update set value = excluded.value where t.value < {since}
            """, cancellationToken) == 1;
    }

    private MailMessage Write(User user, Uri link, Language language) => language.Speak(() => new MailMessage(
        user.Email!,
        texts["Choose a new password"],
        [
            texts["Somebody, most likely you, asked for a new password for your sign-in to Samia."],
            texts["The link holds for one hour, and once. If it was not you, you need not do anything: your password stays as it is."],
        ],
        texts["Choose a new password"],
        link,
        language.Code));

    [LoggerMessage(EventId = 5015, Level = LogLevel.Information, Message = "A link for a new password was asked for a person who is not known")]
    private partial void LogUnknown();

    [LoggerMessage(EventId = 5016, Level = LogLevel.Information, Message = "User {UserId} was sent a link for a new password a moment ago; another is not sent")]
    private partial void LogTooSoon(Guid userId);

    [LoggerMessage(EventId = 5017, Level = LogLevel.Information, Message = "User {UserId} is sent a link for a new password")]
    private partial void LogSent(Guid userId);
}
