using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Local.Commands;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Team;

/// <summary>
/// Each way into the product (a request, a hub's call, a circuit, a webhook, a worker, a command) enters a business before
/// anything reads the database, and reads nothing where it does not.
/// </summary>
public sealed class EntranceTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private TestBusiness _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: builder =>
        {
            builder.Services.AddSignalR().AddHubOptions<FilteredHub>(hub => hub.AddFilter<SignedInHubFilter>());
            // Builds every service once, so that one which could only be built with a tenant of the whole process shows.
            builder.Host.UseDefaultServiceProvider(services => (services.ValidateScopes, services.ValidateOnBuild) = (true, true));
        }, map: app =>
        {
            app.MapGet("/probe", SeenAsync);
            app.MapGet("/probe/open", SeenAsync).AllowAnonymous();
            app.MapGet("/probe/short", SeenAsync).AllowAnonymous().ShortCircuit();
            app.MapHub<FilteredHub>("/probe/hub");
            app.MapHub<UnfilteredHub>("/probe/unfiltered-hub");
        });
        (_business, _other) = (await TestBusiness.CreateAsync(_inbox), await TestBusiness.CreateAsync(_inbox));
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Fact]
    public async Task A_request_of_somebody_signed_in_sees_that_business_and_any_other_request_sees_nothing()
    {
        using var visitor = new WebVisitor(_inbox);
        Assert.Equal("nobody", await ReadAsync(visitor, "/probe/open"));
        await visitor.SignInAsync(_business, SeededRoles.Agent);
        Assert.Equal($"{_business.Id}", await ReadAsync(visitor, "/probe"));
        Assert.Equal($"{_business.Id}", await ReadAsync(visitor, "/probe/open"));
        // As the webhook does, it goes past who is signed in.
        Assert.Equal("nobody", await ReadAsync(visitor, "/probe/short"));
    }

    [Theory]
    [InlineData("/probe/hub", true)]
    [InlineData("/probe/unfiltered-hub", false)]
    public async Task A_call_of_a_hub_sees_the_callers_business_and_nothing_where_the_filter_is_missing(string path, bool enters)
    {
        using var visitor = new WebVisitor(_inbox);
        await visitor.SignInAsync(_business, SeededRoles.Agent);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(visitor.Address, path), http => http.Cookies = visitor.Cookies).Build();
        await connection.StartAsync(Cancellation);
        Assert.Equal(enters ? $"{_business.Id}" : "nobody", await connection.InvokeAsync<string>("Seen", Cancellation));
    }

    [Fact]
    public async Task A_circuit_sees_its_users_business_and_a_strangers_circuit_sees_nothing()
    {
        foreach (var (user, seen) in new[] { (SignedIn(_business), $"{_business.Id}"), (new ClaimsPrincipal(new ClaimsIdentity()), "nobody") })
        {
            await using var circuit = _inbox.Services.CreateAsyncScope();
            ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
                .SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
            Assert.Equal("nobody", await SeenAsync(circuit.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()));
            var entrance = Assert.Single(circuit.ServiceProvider.GetServices<CircuitHandler>().OfType<TenantOfCircuit>());
            Assert.All(circuit.ServiceProvider.GetServices<CircuitHandler>(), h => Assert.True(h == entrance || h.Order > entrance.Order));
            await entrance.OnCircuitOpenedAsync(null!, Cancellation);
            Assert.Equal(seen, await SeenAsync(circuit.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()));
        }
    }

    [Fact]
    public async Task A_webhook_is_processed_as_the_business_whose_number_it_names()
    {
        // The same customer and even the same message id, at both.
        var (wamid, number) = (Bodies.NewWamid(), Bodies.NewNumber());
        foreach (var business in (TestBusiness[])[_business, _other])
        {
            var meta = new Meta(_inbox, business);
            await meta.DeliverAsync(Bodies.Of(business, Bodies.Contact(number), Bodies.Text(number, business.Id.ToString(), wamid)));
            Assert.Equal(business.Id.ToString(), Assert.Single(await meta.MessagesAsync()).Body);
        }
    }

    [Fact]
    public void A_worker_and_a_command_have_no_business_but_in_a_scope_that_says_which()
    {
        Assert.Contains(_inbox.Services.GetServices<IHostedService>(), worker => worker.GetType().Assembly == typeof(TenantScopes).Assembly);
        Assert.Throws<InvalidOperationException>(() => _inbox.Services.GetRequiredService<TenantContext>());
        Assert.Throws<InvalidOperationException>(() => _inbox.Services.GetRequiredService<IDbContextFactory<SamiaDbContext>>());
        Assert.Throws<InvalidOperationException>(() => _inbox.Services.GetRequiredService<TenantSql>());
    }

    /// <summary>What <c>./samia</c>'s commands work on; like every node, it does not wait for Development to be strict.</summary>
    [Fact]
    public async Task A_command_sees_the_business_that_it_enters()
    {
        await using var installation = Installation.Open(new Dictionary<string, string?>
        {
            ["ConnectionStrings:App"] = _inbox.Database.App, ["ConnectionStrings:Platform"] = _inbox.Database.Platform,
            ["ConnectionStrings:Redis"] = servers.Redis.ConnectionString, ["Samia:MasterKey"] = TestInbox.MasterKey,
        });
        Assert.Throws<InvalidOperationException>(() => installation.Services.GetRequiredService<IDbContextFactory<SamiaDbContext>>());
        await using var scope = installation.Services.CreateTenantScope(_other.Id);
        Assert.Equal($"{_other.Id}", await SeenAsync(scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()));
    }

    private static async Task<string> ReadAsync(WebVisitor visitor, string path)
    {
        using var response = await visitor.GetAsync(path);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static ClaimsPrincipal SignedIn(TestBusiness business) => new(new ClaimsIdentity(
    [
        new Claim(SignedInEmployee.BusinessClaim, business.Id.ToString()),
        new Claim(SignedInEmployee.EmployeeClaim, business.EmployeeIds[SeededRoles.Agent].ToString()),
    ], "test"));

    // Whose rows are seen.
    private static async Task<string> SeenAsync(IDbContextFactory<SamiaDbContext> contexts)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            return string.Join(", ", await db.Employees.Select(e => e.BusinessId).Distinct().ToListAsync());
        }
        catch (NoTenantException)
        {
            return "nobody";
        }
    }

    private sealed class FilteredHub(IDbContextFactory<SamiaDbContext> contexts) : Hub
    {
        public Task<string> Seen() => SeenAsync(contexts);
    }

    private sealed class UnfilteredHub(IDbContextFactory<SamiaDbContext> contexts) : Hub
    {
        public Task<string> Seen() => SeenAsync(contexts);
    }
}
