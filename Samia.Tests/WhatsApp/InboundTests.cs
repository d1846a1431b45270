using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>An inbox with one connected business, to which Meta delivers.</summary>
public abstract class InboundTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;
    private TestBusiness? _business;
    private Meta? _meta;

    protected TestServers Servers { get; } = servers;
    protected TestInbox Inbox => _inbox!;
    protected TestBusiness Business => _business!;
    private protected Meta Meta => _meta!;
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(Servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _meta = new Meta(_inbox, _business);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Inbox.DisposeAsync();
    }
}
