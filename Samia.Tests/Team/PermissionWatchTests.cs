using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>What somebody may do changes in their open circuits at once; here without a browser.</summary>
public sealed class PermissionWatchTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private Desk _admin = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
    }

    public ValueTask DisposeAsync() => _admin.DisposeAsync();

    [Fact]
    public async Task A_role_that_changes_is_asked_anew_in_open_circuits_long_before_it_would_be_believed_no_longer()
    {
        await using var circuit = await CircuitAsync();
        var (permissions, authentication) = (Get<PermissionChecker>(circuit), Get<AuthenticationStateProvider>(circuit));
        var anew = 0;
        authentication.AuthenticationStateChanged += _ => Interlocked.Increment(ref anew);
        Assert.True(await permissions.MayAsync(Permissions.Reply, Cancellation));

        await ChangeAsync(SeededRoles.Agent, new() { Revoke = [Permissions.Reply] });
        await Eventually.TrueAsync(() => anew == 1, seconds: 2);
        Assert.False(await permissions.MayAsync(Permissions.Reply, Cancellation));
        Assert.True((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);

        await ChangeAsync(SeededRoles.Agent, new() { Grant = [Permissions.Reply] });
        await Eventually.TrueAsync(() => anew == 2, seconds: 2);
        Assert.True(await permissions.MayAsync(Permissions.Reply, Cancellation));
    }

    [Fact]
    public async Task Somebody_elses_role_that_changes_leaves_what_is_shown_alone()
    {
        await using var circuit = await CircuitAsync();
        var anew = 0;
        Get<AuthenticationStateProvider>(circuit).AuthenticationStateChanged += _ => Interlocked.Increment(ref anew);
        await ChangeAsync(SeededRoles.Viewer, new() { Grant = [Permissions.ViewAudit] });
        await ChangeAsync(SeededRoles.Agent, new() { Grant = [Permissions.ViewAudit] });
        // Events keep their order: once the second is shown, the first has been passed over.
        await Eventually.TrueAsync(() => anew > 0);
        Assert.Equal(1, anew);
    }

    [Fact]
    public async Task Somebody_who_gets_another_role_stays_signed_in_under_its_name()
    {
        await using var circuit = await CircuitAsync();
        await Get<Employees>(_admin).ChangeAsync(_business.EmployeeIds[SeededRoles.Agent],
            new("Agent One", await RoleIdAsync(SeededRoles.Viewer), [], [], null), Cancellation);
        await Eventually.TrueAsync(async () => (await UserAsync(circuit)).RoleName == SeededRoles.Viewer, seconds: 2);
        Assert.False(await Get<PermissionChecker>(circuit).MayAsync(Permissions.Reply, Cancellation));

        var user = await UserAsync(circuit);
        Assert.True(user.HasBusiness);
        Assert.True(await running.Inbox.Get<Employments>().MayStayAsync(user, Cancellation));
    }

    [Fact]
    public async Task An_event_that_was_lost_is_made_up_for()
    {
        await using var circuit = await CircuitAsync();
        Assert.True(await Get<PermissionChecker>(circuit).MayAsync(Permissions.Reply, Cancellation));
        var anew = new TaskCompletionSource();
        Get<AuthenticationStateProvider>(circuit).AuthenticationStateChanged += _ => anew.TrySetResult();
        // A node that dies between its commit and its publish leaves just this behind.
        await running.Inbox.Database.ExecuteAsync(
            "update roles set permissions = array_remove(permissions, 'conversations.reply') where business_id = $1", _business.Id);
        await running.Inbox.Database.ExecuteAsync("update businesses set live_sequence = live_sequence + 1 where id = $1", _business.Id);
        await anew.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.False(await Get<PermissionChecker>(circuit).MayAsync(Permissions.Reply, Cancellation));
    }

    [Fact]
    public async Task An_answer_that_was_under_way_when_permissions_changed_is_not_believed()
    {
        await using var desk = Desk.Of(running.Inbox, _business);
        var permissions = desk.Get<PermissionChecker>();
        // Whichever of the two is the first, the answer that is believed afterwards is the one from after the change.
        for (var round = 0; round < 20; round++)
        {
            permissions.Forget();
            var asking = permissions.AllAsync(Cancellation);
            await running.Inbox.Database.ExecuteAsync("update roles set permissions = $2 where business_id = $1 and name = 'Agent'",
                _business.Id, round % 2 == 0 ? new[] { Permissions.Reply } : []);
            permissions.Forget();
            await asking;
            Assert.Equal(round % 2 == 0, await permissions.MayAsync(Permissions.Reply, Cancellation));
        }
    }

    [Fact]
    public void A_component_that_asks_for_permissions_is_given_the_authentication_state_so_that_it_asks_again()
    {
        var asking = typeof(SamiaInbox).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IComponent))
            && t.GetProperties().Any(p => p.PropertyType == typeof(PermissionChecker))).ToList();
        Assert.True(asking.Count > 3);
        // Asks when it acts, and shows nothing by it.
        asking.Remove(typeof(Samia.Inbox.Conversations.ThreadPane));
        Assert.Empty(asking.Where(t => !t.GetProperties().Any(p => p.PropertyType == typeof(Task<AuthenticationState>)
            && p.IsDefined(typeof(CascadingParameterAttribute), false))).Select(t => t.Name));
    }

    private static T Get<T>(AsyncServiceScope scope) where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    private static T Get<T>(Desk desk) where T : notnull => desk.Get<T>();

    private static async Task<ClaimsPrincipal> UserAsync(AsyncServiceScope circuit) =>
        (await Get<AuthenticationStateProvider>(circuit).GetAuthenticationStateAsync()).User;

    private async Task ChangeAsync(string role, RoleChange change) =>
        await _admin.Get<Roles>().ChangeAsync(await RoleIdAsync(role), change, Cancellation);

    private Task<Guid> RoleIdAsync(string name) => running.Inbox.Database.ScalarAsync<Guid>(
        "select id from roles where business_id = $1 and name = $2", _business.Id, name);

    // What the framework does when a page opens, in its order.
    private async Task<AsyncServiceScope> CircuitAsync()
    {
        var circuit = running.Inbox.Services.CreateAsyncScope();
        ((IHostEnvironmentAuthenticationStateProvider)Get<AuthenticationStateProvider>(circuit)).SetAuthenticationState(Task.FromResult(
            new AuthenticationState(await CircuitTests.PrincipalOfAsync(running.Inbox, _business, SeededRoles.Agent))));
        foreach (var handler in circuit.ServiceProvider.GetServices<CircuitHandler>().OrderBy(h => h.Order))
        {
            await handler.OnCircuitOpenedAsync(null!, Cancellation);
        }

        return circuit;
    }
}
