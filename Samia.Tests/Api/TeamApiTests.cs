using System.Net;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>Employees and roles.</summary>
public sealed class TeamApiTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private static readonly string[] NoSuchPermission = ["conversations.dance"];

    private TestBusiness _business = null!;
    private ApiProgram _program = null!;

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _program = await ApiProgram.OfAsync(running.Inbox, _business);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Employees_are_walked_and_found()
    {
        var all = await _program.WalkAsync("employees?limit=1");
        Assert.Equal(["Admin One", "Agent One", "Manager One", "Viewer One"], all.Select(e => e.GetProperty("name").GetString()));
        Assert.Equal("Manager One", Assert.Single((await _program.GetAsync("employees?search=MAN")).Items).GetProperty("name").GetString());
        var viewer = (await _program.GetAsync($"employees/{_business.EmployeeIds[SeededRoles.Viewer]}")).Is(HttpStatusCode.OK);
        Assert.Equal(("Viewer One", "Viewer", true, _business.EmailOf(SeededRoles.Viewer)), (viewer["name"].GetString(),
            viewer["roleName"].GetString(), viewer["isActive"].GetBoolean(), viewer["email"].GetString()));

        using var reader = await ApiProgram.OfAsync(running.Inbox, _business, Permissions.ViewConversations);
        (await reader.GetAsync("employees")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        Assert.Equal(4, (await reader.GetAsync("colleagues")).Json.GetArrayLength());
    }

    [Fact]
    public async Task An_employee_is_changed_without_losing_what_others_changed()
    {
        var path = $"employees/{_business.EmployeeIds[SeededRoles.Viewer]}";
        var read = (await _program.GetAsync(path)).Is(HttpStatusCode.OK);
        var agent = await RoleAsync(SeededRoles.Agent);
        var change = new { name = "Layal Saab", roleId = agent, languages = new[] { "en", "ar" }, capacity = 20 };
        var changed = (await _program.PutAsync(path, change, read.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("Layal Saab", "Agent", 20), (changed["name"].GetString(), changed["roleName"].GetString(), changed["capacity"].GetInt32()));
        (await _program.PutAsync(path, change with { name = "Somebody else" }, read.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        (await _program.PutAsync(path, change with { name = "" }, changed.ETag)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("name");
        (await _program.PutAsync(path, change with { roleId = Guid.NewGuid() }, changed.ETag)).IsProblem(HttpStatusCode.Conflict, "refused");
    }

    [Fact]
    public async Task A_program_gives_nobody_more_than_it_holds()
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, _business, Permissions.ManageTeam, Permissions.ManageRoles, Permissions.ViewConversations);
        var path = $"employees/{_business.EmployeeIds[SeededRoles.Viewer]}";
        (await program.PutAsync(path, new { name = "Viewer One", roleId = await RoleAsync(SeededRoles.Admin) })).IsProblem(HttpStatusCode.Conflict, "refused");
        var refused = (await program.PostAsync("roles", new { name = "All", permissions = Permissions.All })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        Assert.Equal(Permissions.ViewAssigned, refused["permission"].GetString());
        (await program.PostAsync("roles", new { name = "Readers", permissions = new[] { Permissions.ViewConversations } })).Is(HttpStatusCode.Created);
        (await program.PostAsync("roles", new { name = "Dancers", permissions = NoSuchPermission })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task An_employee_leaves_and_comes_back()
    {
        var path = $"employees/{_business.EmployeeIds[SeededRoles.Agent]}";
        (await _program.PostAsync(path + "/deactivate", null)).Is(HttpStatusCode.NoContent);
        Assert.False((await _program.GetAsync(path))["isActive"].GetBoolean());
        (await _program.PostAsync(path + "/reactivate", null)).Is(HttpStatusCode.NoContent);
        Assert.True((await _program.GetAsync(path))["isActive"].GetBoolean());
        // Somebody has to remain who can manage the business.
        (await _program.PostAsync($"employees/{_business.EmployeeIds[SeededRoles.Admin]}/deactivate", null)).IsProblem(HttpStatusCode.Conflict, "refused");
    }

    [Fact]
    public async Task Somebody_is_invited_and_the_invitation_revoked()
    {
        var invitation = new { email = "layal@example.com", name = "Layal Saab", roleId = await RoleAsync(SeededRoles.Agent), language = "ar" };
        var open = (await _program.PostAsync("invitations", invitation)).Is(HttpStatusCode.Created);
        Assert.Equal(("layal@example.com", "Agent"), (open["email"].GetString(), open["roleName"].GetString()));
        (await _program.PostAsync("invitations", invitation)).IsProblem(HttpStatusCode.Conflict, "refused");
        (await _program.PostAsync("invitations", invitation with { email = "layal" })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("email");
        Assert.Equal(open.Text, Assert.Single((await _program.GetAsync("invitations")).Items).GetRawText());
        (await _program.SendAsync(HttpMethod.Delete, $"invitations/{open.Id}", null)).Is(HttpStatusCode.NoContent);
        Assert.Empty((await _program.GetAsync("invitations")).Items);
        (await _program.SendAsync(HttpMethod.Delete, $"invitations/{open.Id}", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_role_is_made_changed_and_deleted()
    {
        var created = (await _program.PostAsync("roles", new { name = "Night shift", description = "After eight", permissions = new[] { Permissions.Reply } })).Is(HttpStatusCode.Created);
        var path = $"roles/{created.Id}";
        Assert.Equal(created.Text, (await _program.GetAsync(path)).Text);
        var changed = (await _program.PutAsync(path, new { name = "Nights", permissions = new[] { Permissions.ViewConversations } }, created.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("Nights", "", Permissions.ViewConversations), (changed["name"].GetString(), changed["description"].GetString(), changed["permissions"][0].GetString()));
        (await _program.PutAsync(path, new { name = "Days", permissions = Array.Empty<string>() }, created.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        (await _program.PostAsync("roles", new { name = "nights", permissions = new[] { Permissions.Reply } })).IsProblem(HttpStatusCode.Conflict, "refused");
        Assert.Contains("Nights", (await _program.GetAsync("roles")).Items.Select(r => r.GetProperty("name").GetString()));
        (await _program.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await _program.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await _program.DeleteAsync($"roles/{await RoleAsync(SeededRoles.Admin)}")).IsProblem(HttpStatusCode.Conflict, "refused");
    }

    [Fact]
    public async Task Another_business_finds_nobody_there()
    {
        using var other = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var (employee, role) = ($"employees/{_business.EmployeeIds[SeededRoles.Agent]}", $"roles/{await RoleAsync(SeededRoles.Agent)}");
        (await other.GetAsync(employee)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.GetAsync(role)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PostAsync(employee + "/deactivate", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PutAsync(employee, new { name = "x", roleId = Guid.NewGuid() }, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PutAsync(role, new { name = "x", permissions = Array.Empty<string>() }, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.DeleteAsync(role, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.True((await _program.GetAsync(employee))["isActive"].GetBoolean());
    }

    private async Task<Guid> RoleAsync(string name) =>
        (await _program.GetAsync("roles")).Items.First(r => r.GetProperty("name").GetString() == name).GetProperty("id").GetGuid();
}
