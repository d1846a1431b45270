using Samia.Inbox;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>One inbox for all tests that walk its services.</summary>
public sealed class WalkedInbox(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;

    public ServiceWalk Walk { get; private set; } = null!;
    public PermissionActors Actors { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, replace: services => Walk = new ServiceWalk(services, typeof(SamiaInbox).Assembly));
        Actors = new PermissionActors(_inbox, await TestBusiness.CreateAsync(_inbox));
    }

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null)
        {
            await _inbox.DisposeAsync();
        }
    }
}
