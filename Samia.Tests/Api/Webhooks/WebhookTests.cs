using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>Each test has a business and a receiver of its own.</summary>
public abstract class WebhookTests(CallingInbox calling) : IAsyncLifetime
{
    private WebhookReceiver? _receiver;
    private TestBusiness? _business;

    protected WebhookReceiver Receiver => _receiver!;
    protected TestInbox Inbox => calling.Inbox;
    protected TestBusiness Business => _business!;
    protected FakeTimeProvider Clock => calling.Clock;
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _business = await TestBusiness.CreateAsync(Inbox);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // Nobody is called at a port that may be somebody else's soon.
        await Inbox.Database.ExecuteAsync("update outgoing_webhooks set is_active = false");
        await Receiver.DisposeAsync();
    }

    protected Task<long> CountAsync(string table) =>
        Inbox.Database.ScalarAsync<long>($"select count(*) from {table} where business_id = $1", Business.Id);

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
