using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Tests.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>
/// An inbox that may call this machine, a receiver on it, and a clock that the tests move: waits of hours are over when a
/// test says so.
/// </summary>
public abstract class WebhookTests(TestServers servers) : IAsyncLifetime
{
    private WebhookReceiver? _receiver;
    private TestInbox? _inbox;
    private TestBusiness? _business;

    protected WebhookReceiver Receiver => _receiver!;
    protected TestInbox Inbox => _inbox!;
    protected TestBusiness Business => _business!;
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);
    protected NotedLog Log { get; } = new();
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Beside those of every test.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _inbox = await StartNodeAsync();
        _business = await TestBusiness.CreateAsync(_inbox);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Receiver.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    /// <summary>A node of this test's database, or the first with a database of its own.</summary>
    protected Task<TestInbox> StartNodeAsync() => TestInbox.StartAsync(servers, _inbox?.Database, builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OutgoingWebhooks:AllowedNetworks"] = "127.0.0.0/8, ::1",
            ["OutgoingWebhooks:LookEvery"] = "00:00:00.05",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
    }, services => services.AddLogging(logging => logging.AddProvider(Log)));

    protected Desk Admin(TestBusiness? business = null) => Desk.Of(Inbox, business ?? Business, SeededRoles.Admin);

    /// <summary>Subscribes the receiver to the events; to all, if none are named.</summary>
    protected async Task<ShownWebhookSecret> SubscribeAsync(TestBusiness? business = null, string? url = null, params string[] events)
    {
        await using var admin = Admin(business);
        return await admin.Get<OutgoingWebhooks>().CreateAsync(new WebhookContent(url ?? Receiver.Address,
            events is [] ? [.. WebhookEventType.Catalogue.Select(e => e.Name)] : events), Cancellation);
    }

    /// <summary>A customer writes.</summary>
    /// <returns>The conversation.</returns>
    protected async Task<Guid> ReceiveAsync(string text = "hello", TestBusiness? business = null, string? number = null)
    {
        await using var desk = Admin(business);
        return await desk.ReceiveAsync(text, number, sentAt: Clock.GetUtcNow());
    }

    protected async Task<WebhookInfo> WebhookAsync(Guid id)
    {
        await using var admin = Admin();
        return (await admin.Get<OutgoingWebhooks>().FindAsync(id, Cancellation))!;
    }

    /// <summary>The newest first.</summary>
    protected async Task<List<WebhookDeliveryInfo>> DeliveriesAsync(Guid webhookId, WebhookDeliveryState? state = null)
    {
        await using var admin = Admin();
        return await admin.Get<WebhookDeliveries>().PageAsync(webhookId, state, null, 1000, Cancellation);
    }

    /// <summary>Waits until the one delivery of the webhook is so, and says how it is then.</summary>
    protected async Task<WebhookDeliveryInfo> BecomesAsync(Guid webhookId, Func<WebhookDeliveryInfo, bool> condition, string what)
    {
        WebhookDeliveryInfo? found = null;
        await Eventually.TrueAsync(async () => condition(found = Assert.Single(await DeliveriesAsync(webhookId))), what: what);
        return found!;
    }

    /// <summary>Waits for a try that failed and moves the clock to the next one.</summary>
    /// <returns>How long that was.</returns>
    protected async Task<TimeSpan> FailAsync(Guid webhookId, int attempt)
    {
        var failed = await BecomesAsync(webhookId, d => d.Attempts == attempt, $"attempt {attempt} failed");
        var wait = failed.NextAttemptAt!.Value - Clock.GetUtcNow();
        Clock.Advance(wait + TimeSpan.FromMilliseconds(1));
        return wait;
    }
}
