using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
                ["ConnectionStrings:App"] = settings.AppConnection,
                ["ConnectionStrings:Platform"] = settings.PlatformConnection,
                ["ConnectionStrings:Redis"] = settings.RedisConnection,
                ["Samia:MasterKey"] = settings.MasterKey,
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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static bool IsDispatcher(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == Dispatcher;
}
