using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// The codes of authenticator apps (TOTP, RFC 6238). Identity takes a code for some minutes, to allow for clocks that
/// are wrong; here it takes each only once, so that a code that somebody saw is worth nothing after it was used.
/// </summary>
internal sealed class AuthenticatorCodes(PlatformDbContext db, TimeProvider time) : AuthenticatorTokenProvider<User>
{
    private const string Used = ProtectedUserStore.OwnNotes + "used-code";

    // Longer than Identity takes a code.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user) =>
        // Identity would take "+123456" for the same code again.
        token.Length == 6 && token.All(char.IsAsciiDigit)
        && await base.ValidateAsync(purpose, token, manager, user) && await TakeAsync(user.Id, token);

    private async Task<bool> TakeAsync(Guid userId, string code)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (at, since) = (now.ToString("O"), (now - Remembered).ToString("O"));
        await db.Database.ExecuteSqlAsync(
            $"delete from user_tokens where user_id = {userId} and login_provider = {Used} and value < {since}");
        return await db.Database.ExecuteSqlAsync($"""
            insert into user_tokens (user_id, login_provider, name, value) values ({userId}, {Used}, {code}, {at})
            on conflict do nothing
            """) == 1;
    }
}
