using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Tests.Support;

/// <summary>Somebody who runs Samia itself, written straight to the tables, with no second factor enrolled.</summary>
public sealed record TestOperator(Guid UserId, Guid Id, string Name, string Email)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The password is <see cref="TestBusiness.Password"/>.</summary>
    public static async Task<TestOperator> CreateAsync(TestInbox inbox, string name = "Olivia Operator")
    {
        var email = $"operator.{Guid.NewGuid():N}@example.test";
        var user = new User
        {
            UserName = email, Email = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true,
        };
        user.PasswordHash = new PasswordHasher<User>().HashPassword(user, TestBusiness.Password);
        var employee = new PlatformEmployee { UserId = user.Id, Name = name, CreatedAt = DateTimeOffset.UtcNow };
        await using var db = await inbox.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Cancellation);
        db.AddRange(user, employee);
        await db.SaveChangesAsync(Cancellation);
        return new TestOperator(user.Id, employee.Id, name, email);
    }

    /// <summary>
    /// The cookie of a session that began with a second factor, without the way there: for tests of what the operator
    /// does afterwards.
    /// </summary>
    public async Task<Cookie> SignInAsync(TestInbox inbox, SignInProof proof = SignInProof.Passkey)
    {
        var stamp = await inbox.Database.ScalarAsync<string>("select security_stamp from users where id = $1", UserId);
        var session = await inbox.Get<OpenSessions>().OpenAsync(UserId, null, null, Cancellation);
        var principal = new SignedInPerson(new ProvenPerson(UserId, stamp, proof), null, new PlatformPlace(Id, Name)).ToPrincipal(session);
        var now = DateTimeOffset.UtcNow;
        var ticket = new AuthenticationTicket(principal,
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + SignInCookie.Lifetime }, SignInCookie.Scheme);
        var format = inbox.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignInCookie.Scheme).TicketDataFormat;
        return new Cookie(SignInCookie.Scheme, format.Protect(ticket), "/");
    }
}
