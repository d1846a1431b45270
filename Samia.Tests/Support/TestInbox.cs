using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samia.Inbox;

namespace Samia.Tests.Support;

/// <summary>The whole inbox in this process, on a free port, over a database of its own.</summary>
public sealed class TestInbox : IAsyncDisposable
{
    /// <summary>Of every inbox under test, so that those over one database can read its key ring.</summary>
    public static readonly string MasterKey = Convert.ToBase64String(new byte[32]);

    private readonly WebApplication _app;

    private TestInbox(WebApplication app, TestDatabase database)
    {
        _app = app;
        Database = database;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public TestDatabase Database { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => _app.Services;

    /// <param name="servers">The run's servers.</param>
    /// <param name="database">A database that another node uses too; by default a new one.</param>
    /// <param name="configure">Changes services or settings, before the rooms are added.</param>
    /// <param name="replace">Changes what the rooms have registered.</param>
    /// <param name="map">Adds endpoints of the test's own.</param>
    public static async Task<TestInbox> StartAsync(
        TestServers servers, TestDatabase? database = null, Action<WebApplicationBuilder>? configure = null,
        Action<IServiceCollection>? replace = null, Action<WebApplication>? map = null)
    {
        database ??= await servers.CreateDatabaseAsync();
        var app = SamiaInbox.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:App"] = database.App,
                ["ConnectionStrings:Platform"] = database.Platform,
                ["ConnectionStrings:Redis"] = servers.Redis.ConnectionString,
                ["Logging:LogLevel:Default"] = "Warning",
                // Tests provoke what it reports as errors: violations of unique indexes and of policies.
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
                // The tests' own directory has no static files.
                ["Logging:LogLevel:Microsoft.AspNetCore.StaticFiles"] = "Error",
                // All tests have one address.
                ["SignIn:TriesPerMinute"] = "10000",
                ["Samia:MasterKey"] = MasterKey,
                ["Samia:PublicAddress"] = "https://inbox.samia.test",
                // A closed port: no test calls out, whatever it queues.
                ["WhatsApp:BaseAddress"] = "http://127.0.0.1:1/",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            configure?.Invoke(builder);
        }, replace);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestInbox(app, database);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What SIGTERM does to a process: its workers and its web server stop; its services can still be used.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
