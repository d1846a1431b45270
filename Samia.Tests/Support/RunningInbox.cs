namespace Samia.Tests.Support;

/// <summary>One inbox for all tests of a class, each of which has a business of its own.</summary>
public sealed class RunningInbox(TestServers servers) : IAsyncLifetime
{
    private TestInbox? _inbox;

    public TestInbox Inbox => _inbox ?? throw new InvalidOperationException("The inbox has not started.");

    public async ValueTask InitializeAsync() => _inbox = await TestInbox.StartAsync(servers, configure: builder =>
    {
        builder.Configuration["SignIn:RevalidateEvery"] = "00:00:00.2";
        builder.Configuration["Platform:EndVisitsEvery"] = "00:00:00.2";
    });

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null)
        {
            await _inbox.DisposeAsync();
        }
    }
}
