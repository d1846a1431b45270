using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Samia.Tests.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>
/// An inbox that may call this machine, with a clock that the tests move: waits of hours are over when a test says so.
/// </summary>
public sealed class CallingInbox(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;

    public TestInbox Inbox => _inbox!;
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);
    public NotedLog Log { get; } = new();

    public async ValueTask InitializeAsync() => _inbox = await StartNodeAsync();

    /// <summary>A node of the same database, or the first with a database of its own.</summary>
    public Task<TestInbox> StartNodeAsync() => TestInbox.StartAsync(servers, _inbox?.Database, builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OutgoingWebhooks:AllowedNetworks"] = "127.0.0.0/8, ::1", ["OutgoingWebhooks:LookEvery"] = "00:00:00.05",
            ["OutgoingWebhooks:Timeout"] = "00:00:01.5", ["OutgoingWebhooks:MaxAttempts"] = "4", ["OutgoingWebhooks:StopAfter"] = "2",
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
    }, services => services.AddLogging(logging => logging.AddProvider(Log)));

    public ValueTask DisposeAsync() => Inbox.DisposeAsync();
}
