using Samia.Inbox;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>One inbox for all tests that walk its services.</summary>
public sealed class WalkedInbox(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;

    public TestInbox Inbox => _inbox ?? throw new InvalidOperationException("The inbox has not started.");
    public TestBusiness Business { get; private set; } = null!;
    public ServiceWalk Walk { get; private set; } = null!;
    public PermissionActors Actors { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, replace: services => Walk = new ServiceWalk(services, typeof(SamiaInbox).Assembly));
        Business = await TestBusiness.CreateAsync(_inbox);
        Actors = new PermissionActors(_inbox, Business);
    }

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null)
        {
            await _inbox.DisposeAsync();
        }
    }
}
