using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Samia.Tests.Support;

/// <summary>
/// One inbox for all tests of a class, each of which has a business of its own and sets the clock first. By
/// <see cref="FakeTimeProvider.AdjustTime"/>: to advance by days would fire every timer for each of their ticks.
/// </summary>
public sealed class ClockedInbox(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;

    public FakeTimeProvider Clock { get; } = new();

    public TestInbox Inbox => _inbox ?? throw new InvalidOperationException("The inbox has not started.");

    public async ValueTask InitializeAsync() => _inbox = await StartAsync();

    /// <summary>Another node over the same database, by the same clock.</summary>
    public Task<TestInbox> StartAsync() => TestInbox.StartAsync(
        servers, _inbox?.Database, builder => builder.Services.AddSingleton<TimeProvider>(Clock));

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null)
        {
            await _inbox.DisposeAsync();
        }
    }
}
