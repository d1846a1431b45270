using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Local;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A circuit is a scope whose user the framework sets; here without a browser.</summary>
public sealed class CircuitTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update users set security_stamp = 'another' where id = (select user_id from employees where id = $1)")]
    [InlineData("update employees set is_active = false where id = $1")]
    [InlineData("update businesses set status = 'closed' where id = (select business_id from employees where id = $1)")]
    [InlineData("delete from user_sessions where user_id = (select user_id from employees where id = $1)")]
    public async Task Its_user_becomes_a_stranger_once_the_sign_in_has_ended(string sql)
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var circuit = Inbox.Services.CreateAsyncScope();
        var authentication = await EnterAsync(circuit, await PrincipalOfAsync(business, SeededRoles.Agent));
        await OpenAsync(circuit);
        var changed = new TaskCompletionSource<AuthenticationState>();
        authentication.AuthenticationStateChanged += async state => changed.TrySetResult(await state);
        Assert.True((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);

        await Inbox.Database.ExecuteAsync(sql, business.EmployeeIds[SeededRoles.Agent]);
        var now = await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.False(now.User.HasBusiness);
        Assert.NotEqual(true, now.User.Identity?.IsAuthenticated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_user_stays_while_nothing_changes_and_while_the_database_is_away(bool away)
    {
        var user = await PrincipalOfAsync(await TestBusiness.CreateAsync(Inbox), SeededRoles.Agent);
        var options = new DbContextOptionsBuilder<PlatformDbContext>(Inbox.Get<DbContextOptions<PlatformDbContext>>());
        var contexts = new CountingContexts(away
            ? options.UseNpgsql($"Host=127.0.0.1;Port={Ports.Free()};Username=nobody").Options
            : options.Options);
        using var authentication = new CircuitAuthentication(NullLoggerFactory.Instance,
            new Employments(contexts, TimeProvider.System, NullLogger<Employments>.Instance), Inbox.Get<SignInChanges>(),
            Options.Create(new SignInOptions { RevalidateEvery = TimeSpan.FromMilliseconds(20) }));
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(user)));
        authentication.Listen(new AuthenticationState(user));
        await Eventually.TrueAsync(() => contexts.Opened >= 3);
        Assert.True((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);
    }

    [Fact]
    public async Task It_acts_for_one_business_whoever_reconnects_to_it()
    {
        var (one, two) = (await TestBusiness.CreateAsync(Inbox), await TestBusiness.CreateAsync(Inbox));
        await using var circuit = Inbox.Services.CreateAsyncScope();
        var authentication = await EnterAsync(circuit, await PrincipalOfAsync(one, SeededRoles.Agent));
        await OpenAsync(circuit);
        var tenant = circuit.ServiceProvider.GetRequiredService<TenantContext>();
        Assert.Equal((one.Id, one.EmployeeIds[SeededRoles.Agent]), (tenant.BusinessId, tenant.EmployeeId));

        await EnterAsync(circuit, await PrincipalOfAsync(two, SeededRoles.Admin));
        Assert.False((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);
        Assert.Equal(one.Id, tenant.BusinessId);
    }

    [Fact]
    public async Task A_strangers_circuit_has_no_business_and_gets_none()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var circuit = Inbox.Services.CreateAsyncScope();
        var authentication = await EnterAsync(circuit, new ClaimsPrincipal(new ClaimsIdentity()));
        await OpenAsync(circuit);
        Assert.False(circuit.ServiceProvider.GetRequiredService<TenantContext>().HasBusiness);
        await EnterAsync(circuit, await PrincipalOfAsync(business, SeededRoles.Admin));
        Assert.False((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);
    }

    private static async Task<AuthenticationStateProvider> EnterAsync(AsyncServiceScope circuit, ClaimsPrincipal user)
    {
        var authentication = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(user)));
        await authentication.GetAuthenticationStateAsync();
        return authentication;
    }

    private static async Task OpenAsync(AsyncServiceScope circuit)
    {
        foreach (var handler in circuit.ServiceProvider.GetServices<CircuitHandler>().OfType<TenantOfCircuit>())
        {
            await handler.OnCircuitOpenedAsync(null!, Cancellation);
        }
    }

    private Task<ClaimsPrincipal> PrincipalOfAsync(TestBusiness business, string role) => PrincipalOfAsync(Inbox, business, role);

    /// <summary>Somebody who has just signed in.</summary>
    internal static async Task<ClaimsPrincipal> PrincipalOfAsync(TestInbox inbox, TestBusiness business, string role)
    {
        var userId = await inbox.Database.ScalarAsync<Guid>("select user_id from employees where id = $1", business.EmployeeIds[role]);
        var stamp = await inbox.Database.ScalarAsync<string>("select security_stamp from users where id = $1", userId);
        var employment = Assert.Single(await inbox.Get<Employments>().OfPersonAsync(userId, Cancellation));
        return new SignedInPerson(new ProvenPerson(userId, stamp, SignInProof.Password), employment, null)
            .ToPrincipal(await inbox.Get<OpenSessions>().OpenAsync(userId, null, null, Cancellation));
    }

    private sealed class CountingContexts(DbContextOptions<PlatformDbContext> options) : IDbContextFactory<PlatformDbContext>
    {
        private int _opened;

        public int Opened => Volatile.Read(ref _opened);

        public PlatformDbContext CreateDbContext()
        {
            Interlocked.Increment(ref _opened);
            return new PlatformDbContext(options);
        }
    }
}
