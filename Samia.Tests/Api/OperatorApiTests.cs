using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>What the operator's own programs do with businesses.</summary>
public sealed class OperatorApiTests(TestServers servers) : IAsyncLifetime
{
    private const string Token = "samia_operator_0123456789abcdef0123456789abcdef";
    private static readonly Guid Operator = Guid.CreateVersion7();
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private ApiProgram _program = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: Configure);
        _business = await TestBusiness.CreateAsync(_inbox, "Cedar Shop");
        await _inbox.Database.ExecuteAsync("""
            insert into platform_employees (id, user_id, name, is_active, created_at)
            select $1, user_id, 'Operator One', true, now() from employees where id = $2
            """, Operator, _business.EmployeeIds[SeededRoles.Viewer]);
        _program = new ApiProgram(_inbox, Token);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return _inbox.DisposeAsync();
    }

    [Fact]
    public async Task Businesses_are_found_suspended_restored_and_put_on_a_plan()
    {
        await TestBusiness.CreateAsync(_inbox, "Second Shop");
        Assert.Equal(["Second Shop", "Cedar Shop"], (await _program.WalkAsync("businesses?limit=1")).Select(b => b.GetProperty("name").GetString()));
        Assert.Equal(_business.Id, Assert.Single((await _program.GetAsync("businesses?search=cedar&status=active")).Items).GetProperty("id").GetGuid());
        var path = $"businesses/{_business.Id}";
        (await _program.PostAsync(path + "/suspend", new { reason = "The last invoice was not paid." })).Is(HttpStatusCode.NoContent);
        Assert.Equal("The last invoice was not paid.", (await _program.GetAsync(path)).Is(HttpStatusCode.OK)["suspendedReason"].GetString());
        using (var suspended = await ApiProgramOfAsync())
        {
            (await suspended.GetAsync("conversations")).Is(HttpStatusCode.OK);
            var refused = (await suspended.PostAsync("labels", new { name = "x", color = "#aabbcc" })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
            Assert.Contains("suspended", refused["detail"].GetString());
        }

        (await _program.PostAsync(path + "/restore", null)).Is(HttpStatusCode.NoContent);
        (await _program.PostAsync(path + "/restore", null)).IsProblem(HttpStatusCode.Conflict, "refused");
        (await _program.SendAsync(HttpMethod.Put, path + "/plan", new { planId = "growth" })).Is(HttpStatusCode.NoContent);
        (await _program.SendAsync(HttpMethod.Put, path + "/plan", new { planId = "golden" })).IsProblem(HttpStatusCode.Conflict, "refused");
        Assert.Equal("growth", (await _program.GetAsync(path))["planId"].GetString());
        (await _program.GetAsync($"businesses/{Guid.NewGuid()}")).IsProblem(HttpStatusCode.NotFound, "not_found");

        await using var admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
        var log = await admin.ReadAsync(db => db.ActivityLogs.Where(l => l.ActorKind == ActorKind.Operator).OrderBy(l => l.Sequence).ToListAsync(Cancellation));
        Assert.Equal(["business.suspended", "business.restored", "business.plan_changed"], log.Select(l => l.Action));
        Assert.All(log, l => Assert.Equal(Operator, l.ActorId));
    }

    [Fact]
    public async Task It_acts_for_no_business_and_no_business_acts_as_it()
    {
        (await _program.GetAsync("conversations")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        (await _program.GetAsync("business")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        using var business = await ApiProgramOfAsync();
        (await business.GetAsync("businesses")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        (await business.PostAsync($"businesses/{_business.Id}/suspend", new { reason = "Because." })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }

    [Fact]
    public async Task It_opens_only_whole_and_as_long_as_its_employee_works()
    {
        foreach (var wrong in (string[])[Token[..^1], Token + "0", "samia_operator_", Token.ToUpperInvariant()])
        {
            using var stranger = new ApiProgram(_inbox, wrong);
            (await stranger.GetAsync("businesses")).IsProblem(HttpStatusCode.Unauthorized, "token_invalid");
        }

        await _inbox.Database.ExecuteAsync("update platform_employees set is_active = false");
        (await _program.GetAsync("businesses")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        await using var without = await TestInbox.StartAsync(servers, _inbox.Database);
        using var unset = new ApiProgram(without, Token);
        (await unset.GetAsync("businesses")).IsProblem(HttpStatusCode.Unauthorized, "token_invalid");
    }

    private async Task<ApiProgram> ApiProgramOfAsync()
    {
        var id = Guid.CreateVersion7();
        var text = Samia.Inbox.Api.ApiTokenText.Create(_business.Id, id);
        await _inbox.Database.ExecuteAsync("""
            insert into api_tokens (business_id, id, name, last_four, secret_hash, permissions, rate_limit, created_at)
            values ($1, $2, 'Test', 'abcd', $3, $4, 1000, now())
            """, _business.Id, id, text.SecretHash, Permissions.All.ToArray());
        return new ApiProgram(_inbox, text.Reveal());
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Platform:ApiTokenHash"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));
        builder.Configuration["Platform:ApiEmployeeId"] = Operator.ToString();
    }
}
