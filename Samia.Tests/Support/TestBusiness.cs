using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Tests.Support;

/// <summary>A business with a connected number and one employee per seeded role, written straight to the tables.</summary>
public sealed record TestBusiness(
    Guid Id, string PhoneNumberId, string WabaId, string AppSecret, string VerifyToken, string AccessToken,
    IReadOnlyDictionary<string, Guid> EmployeeIds)
{
    public const string Password = $"Correct-{Canary.Song}-7";

    // Slow by design, so only once.
    private static readonly string PasswordHash =
        new PasswordHasher<User>().HashPassword(new User(), Password);

    public required string Name { get; init; }

    public string Slug => VerifyToken[^32..];

    /// <summary>The sign-in of the business's employee with that role; its password is <see cref="Password"/>.</summary>
    public string EmailOf(string role) => $"{role}.{Slug}@example.test".ToLowerInvariant();

    public static async Task<TestBusiness> CreateAsync(
        TestInbox inbox, string name = "Test Tarot", string? appSecret = null)
    {
        var unique = Guid.NewGuid().ToString("N");
        var business = new Business
        {
            Name = name, Slug = unique, TimeZone = "Asia/Beirut", Locale = "en", CreatedAt = DateTimeOffset.UtcNow,
            PhoneNumberId = "1" + Random.Shared.NextInt64(10_000_000_000_000), WabaId = "2" + Random.Shared.NextInt64(10_000_000_000_000),
            DisplayPhoneNumber = "96170000001", PlanId = Plan.Scale,
        };
        var test = new TestBusiness(business.Id, business.PhoneNumberId, business.WabaId, appSecret ?? Secret("app-secret"),
            Secret("verify"), Secret("token"), new Dictionary<string, Guid>()) { Name = name };
        var secrets = inbox.Get<SecretProtector>();
        secrets.SetAppSecret(business, test.AppSecret);
        secrets.SetVerifyToken(business, test.VerifyToken);
        secrets.SetAccessToken(business, test.AccessToken);

        await using var db = await inbox.Get<IDbContextFactory<PlatformDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        db.Add(business);
        var employees = new Dictionary<string, Guid>();
        foreach (var (roleName, permissions) in SeededRoles.All)
        {
            var email = test.EmailOf(roleName);
            var user = new User
            {
                UserName = email, Email = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(),
                SecurityStamp = unique, PasswordHash = PasswordHash, LockoutEnabled = true,
            };
            var role = new Role { BusinessId = business.Id, Name = roleName, Permissions = permissions, IsSeeded = true };
            var employee = new Employee { BusinessId = business.Id, UserId = user.Id, RoleId = role.Id, Name = roleName + " One", CreatedAt = DateTimeOffset.UtcNow };
            db.AddRange(user, role, employee);
            employees[roleName] = employee.Id;
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return test with { EmployeeIds = employees };

        string Secret(string kind) => $"{kind}-{Canary.Song}-{unique}";
    }
}
