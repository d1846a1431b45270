using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Samia.Data;
using Samia.Inbox;
using Samia.Local.Up;

namespace Samia.Local.Demo;

/// <summary>
/// The inbox in this process, with a clock that can be set to the past and without the dispatcher: what the story has
/// employees send must not be sent again now.
/// </summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private const string Dispatcher = "OutboundDispatcher";

    // A start that is interrupted begins anew, so no commit need wait for the disk.
    private const string Hasty = ";Options=-c synchronous_commit=off";
    private readonly WebApplication _app;

    private DemoHost(WebApplication app, DemoClock clock)
    {
        _app = app;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public DemoClock Clock { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => _app.Services;

    public static async Task<DemoHost> StartAsync(InboxProcessOptions settings, CancellationToken cancellationToken)
    {
        var clock = new DemoClock();
        var app = SamiaInbox.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:App"] = settings.AppConnection + Hasty,
                ["ConnectionStrings:Platform"] = settings.PlatformConnection + Hasty,
                ["ConnectionStrings:Redis"] = settings.RedisConnection,
                ["Samia:MasterKey"] = settings.MasterKey,
                ["Samia:PublicAddress"] = $"http://localhost:{settings.Port}",
                ["WhatsApp:BaseAddress"] = settings.WhatsAppBaseAddress.ToString(),
                ["Logging:LogLevel:Default"] = "Error",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Error",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Error",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(clock);
        }, services =>
        {
            foreach (var dispatcher in services.Where(IsDispatcher).ToList())
            {
                services.Remove(dispatcher);
            }
        });
        await app.StartAsync(cancellationToken);
        return new DemoHost(app, clock);
    }

    /// <summary>Waits until every webhook was processed.</summary>
    /// <exception cref="InvalidOperationException">One could not be.</exception>
    public async Task SettledAsync(CancellationToken cancellationToken)
    {
        await using var left = Services.GetRequiredService<PlatformDataSource>().Value.CreateCommand(
            "select status, last_error from webhook_logs where status in ('pending', 'dead', 'unrouted')");
        while (await LeftAsync(left, cancellationToken))
        {
            await Task.Delay(4, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<bool> LeftAsync(NpgsqlCommand left, CancellationToken cancellationToken)
    {
        await using var reader = await left.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        return reader.GetString(0) == "pending" && reader.IsDBNull(1)
            ? true
            : throw new InvalidOperationException($"A webhook of the demo could not be processed: {reader.GetValue(1)}");
    }

    private static bool IsDispatcher(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == Dispatcher;
}
