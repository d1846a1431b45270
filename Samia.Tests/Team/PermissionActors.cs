using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>People and programs of one business that hold just the permissions that a test wants.</summary>
public sealed class PermissionActors(TestInbox inbox, TestBusiness business)
{
    private readonly Dictionary<string, Guid> _employees = [];
    private readonly Dictionary<string, Guid> _tokens = [];
    private Guid? _visit;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An employee of a role that allows these.</summary>
    public async Task<AsyncServiceScope> EmployeeAsync(params IEnumerable<string> permissions)
    {
        var names = permissions.ToArray();
        var key = string.Join(' ', names.Order());
        if (!_employees.TryGetValue(key, out var id))
        {
            _employees[key] = id = await AddEmployeeAsync(names);
        }

        return inbox.Services.CreateTenantScope(business.Id, id);
    }

    /// <summary>One more employee, of a role that allows these.</summary>
    /// <returns>The employee's id.</returns>
    public Task<Guid> HireAsync(params IEnumerable<string> permissions) => AddEmployeeAsync([.. permissions]);

    /// <summary>A program whose token allows these.</summary>
    public async Task<AsyncServiceScope> TokenAsync(params IEnumerable<string> permissions)
    {
        var names = permissions.ToArray();
        var key = string.Join(' ', names.Order());
        if (!_tokens.TryGetValue(key, out var id))
        {
            var token = new ApiToken
            {
                BusinessId = business.Id, Name = "test", LastFour = "abcd", SecretHash = new byte[32], Permissions = names,
                CreatedAt = DateTimeOffset.UtcNow,
            };
            await AddAsync(token);
            _tokens[key] = id = token.Id;
        }

        var scope = inbox.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().EnterByApiToken(business.Id, id);
        return scope;
    }

    /// <summary>Somebody of the platform who visits the business.</summary>
    public async Task<AsyncServiceScope> SupportAsync()
    {
        _visit ??= await AddVisitAsync();
        var scope = inbox.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().EnterForSupport(business.Id, _visit.Value);
        return scope;
    }

    private async Task<Guid> AddEmployeeAsync(string[] permissions)
    {
        var unique = Guid.NewGuid().ToString("N");
        var user = new User { UserName = unique, Email = unique + "@example.test", SecurityStamp = unique };
        var role = new Role { BusinessId = business.Id, Name = unique, Permissions = permissions };
        var employee = new Employee
        {
            BusinessId = business.Id, UserId = user.Id, RoleId = role.Id, Name = "Somebody", CreatedAt = DateTimeOffset.UtcNow,
        };
        await AddAsync(user, role, employee);
        return employee.Id;
    }

    private async Task<Guid> AddVisitAsync()
    {
        var unique = Guid.NewGuid().ToString("N");
        var user = new User { UserName = unique, SecurityStamp = unique };
        var visitor = new PlatformEmployee { UserId = user.Id, Name = "Support", CreatedAt = DateTimeOffset.UtcNow };
        var now = DateTimeOffset.UtcNow;
        var visit = new SupportVisit
        {
            BusinessId = business.Id, PlatformEmployeeId = visitor.Id, VisitorName = "Support", Reason = "a test of permissions",
            StartedAt = now, EndsAt = now.AddHours(1),
        };
        await AddAsync(user, visitor, visit);
        return visit.Id;
    }

    private async Task AddAsync(params object[] rows)
    {
        await using var db = new SamiaDbContext(SamiaData.OptionsFor(inbox.Database.Superuser), new TenantContext());
        db.AddRange(rows);
        await db.SaveChangesAsync(Cancellation);
    }
}
