using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Samia.Local.Simulator;

/// <summary>
/// Stands where Meta's servers would: the Cloud API, signed webhooks, and the phones of the customers. What it keeps
/// is in memory. Customers act through <see cref="PhoneActions"/>; its page is at <c>/simulator</c>.
/// </summary>
public sealed class WhatsAppSimulator : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SimulatedLine> _lines = new();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    private WhatsAppSimulator(SimulatorOptions options)
    {
        Options = options;
        Courier = new WebhookCourier(options, Log);
        Statuses = new StatusReporter(options, Courier, _stopping.Token);
        Log.Added += entry => Events.Publish(SimulatorEvent.Of(entry));
    }

    public SimulatorOptions Options { get; }

    /// <summary>Where the Cloud API answers, without a version.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The inbox's root, below which its webhook endpoint is. Webhooks fail and are repeated while it is null.</summary>
    public Uri? InboxAddress
    {
        get => Courier.InboxAddress;
        set => Courier.InboxAddress = value;
    }

    public SimulatorLog Log { get; } = new();
    public IReadOnlyList<SimulatedLine> Lines => [.. _lines.Values.OrderBy(l => l.PhoneNumberId, StringComparer.Ordinal)];
    internal WebhookCourier Courier { get; }
    internal StatusReporter Statuses { get; }
    internal SimulatorEvents Events { get; } = new();

    /// <param name="connections">The numbers that it knows; <see cref="Connect"/> adds more.</param>
    /// <param name="inboxAddress">Where webhooks go; may be set later.</param>
    /// <param name="port">On <c>localhost</c>; 0 takes a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="options">How quick the simulated world is.</param>
    public static async Task<WhatsAppSimulator> StartAsync(
        IEnumerable<SimulatorConnection> connections, Uri? inboxAddress, int port, CancellationToken cancellationToken,
        SimulatorOptions? options = null)
    {
        var simulator = new WhatsAppSimulator(options ?? new SimulatorOptions()) { InboxAddress = inboxAddress };
        foreach (var connection in connections)
        {
            simulator.Connect(connection);
        }

        await simulator.ListenAsync(port, cancellationToken);
        return simulator;
    }

    /// <summary>Adds a business's number, or gives the one that is there already.</summary>
    public SimulatedLine Connect(SimulatorConnection connection) =>
        _lines.GetOrAdd(connection.WhatsApp.PhoneNumberId, _ => new SimulatedLine(connection, Changed));

    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <exception cref="KeyNotFoundException">No such number is connected.</exception>
    public SimulatedLine this[string phoneNumberId] => _lines[phoneNumberId];

    public SimulatedLine? FindLine(string phoneNumberId) => _lines.GetValueOrDefault(phoneNumberId);

    /// <summary>Whether every webhook was accepted and nothing more follows by itself.</summary>
    public bool IsSettled => Courier.Outstanding == 0 && Statuses.UnderWay == 0;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Events.Complete();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await Courier.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        // The slim builder leaves out regular expressions in routes.
        builder.Services.AddRouting();
        // What stops this process is decided by whoever started the simulator.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => SimulatorJson.Configure(json.SerializerOptions));
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = CloudApiMedia.MaxUpload;
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        _app = builder.Build();
        _app.MapCloudApi(this);
        _app.MapControlApi(this);
        _app.MapPage();
        await _app.StartAsync(cancellationToken);
        var address = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        Address = new Uri(address.Replace("[::1]", "localhost", StringComparison.Ordinal));
    }

    private void Changed(SimulatedPhone phone) => Events.Publish(SimulatorEvent.Of(phone));

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
