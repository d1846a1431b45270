using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Conversations;

public sealed class ThreadModelTests(TestServers servers) : IAsyncLifetime
{
    private const string Number = "96170000021";
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow.AddHours(-20);
    private TestInbox _inbox = null!;
    private Desk _agent = null!;
    private Guid _conversation;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _agent = Desk.Of(_inbox, await TestBusiness.CreateAsync(_inbox));
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task The_window_slides_to_the_oldest_message_and_back_without_a_gap()
    {
        const int count = (2 * ThreadModel.MaxItems) + 30;
        await WriteAsync(0, count);
        var thread = Open();
        await thread.OpenAsync(Cancellation);
        AssertShows(thread, count - ThreadModel.PageSize, count - 1);
        Assert.False(thread.HasNewer);

        while (thread.HasOlder)
        {
            await thread.LoadOlderAsync(Cancellation);
            Assert.InRange(thread.Items.Count, 1, ThreadModel.MaxItems);
        }

        AssertShows(thread, 0, thread.Items.Count - 1);
        Assert.True(thread.HasNewer);
        while (thread.HasNewer)
        {
            await thread.LoadNewerAsync(Cancellation);
            Assert.InRange(thread.Items.Count, 1, ThreadModel.MaxItems);
        }

        AssertShows(thread, count - thread.Items.Count, count - 1);
    }

    [Fact]
    public async Task A_refresh_shows_what_is_new_unless_somebody_reads_far_above()
    {
        await WriteAsync(0, 10);
        var thread = Open();
        await thread.OpenAsync(Cancellation);
        await WriteAsync(10, 5);
        await thread.RefreshAsync(Cancellation);
        AssertShows(thread, 0, 14);

        await WriteAsync(15, ThreadModel.MaxItems + 60);
        await thread.RefreshAsync(Cancellation);
        Assert.Equal($"message {ThreadModel.MaxItems + 74}", thread.Items[^1].Body);
        while (thread.HasOlder)
        {
            await thread.LoadOlderAsync(Cancellation);
        }

        var last = thread.Items[^1].Body;
        await WriteAsync(ThreadModel.MaxItems + 75, 1);
        await thread.RefreshAsync(Cancellation);
        Assert.Equal(last, thread.Items[^1].Body);
    }

    [Fact]
    public async Task A_message_that_comes_late_takes_its_place_even_before_all_that_is_shown()
    {
        await WriteAsync(5, 3);
        var thread = Open();
        await thread.OpenAsync(Cancellation);
        await WriteAsync(0, 1);
        await thread.RefreshAsync(Cancellation);
        Assert.Equal(["message 0", "message 5", "message 6", "message 7"], thread.Items.Select(i => i.Body));
    }

    [Fact]
    public async Task An_empty_thread_shows_its_first_message_when_it_comes()
    {
        _conversation = await _agent.ReceiveAsync("elsewhere");
        var thread = new ThreadModel(_agent.Get<ConversationThread>(), Guid.NewGuid());
        await thread.OpenAsync(Cancellation);
        Assert.Empty(thread.Items);
        await thread.LoadOlderAsync(Cancellation);
        await thread.LoadNewerAsync(Cancellation);
        await thread.RefreshAsync(Cancellation);
        Assert.Empty(thread.Items);
    }

    private ThreadModel Open() => new(_agent.Get<ConversationThread>(), _conversation);

    private async Task WriteAsync(int from, int count)
    {
        await _agent.TakeInAsync(
        [
            .. Enumerable.Range(from, count).Select(i => new IncomingMessage(new CustomerIdentity(Number, null),
                MessageAuthor.Customer, Bodies.NewWamid(), _start.AddMinutes(i), MessageKind.Text, $"message {i}", "{}")),
        ]);
        _conversation = await _agent.ReadAsync(db => Task.FromResult(db.Conversations.Select(c => c.Id).Single()));
    }

    private static void AssertShows(ThreadModel thread, int from, int to) =>
        Assert.Equal(Enumerable.Range(from, to - from + 1).Select(i => $"message {i}"), thread.Items.Select(i => i.Body));
}
