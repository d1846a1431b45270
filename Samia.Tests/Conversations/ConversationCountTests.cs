using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Conversations;
using Samia.Tests.Businesses;
using Samia.Tests.Components;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Conversations;

/// <summary>Which conversations count, and which are refused. The clock begins at noon of 20 November 2026 in Beirut.</summary>
public sealed class ConversationCountTests(ClockedInbox node) : IClassFixture<ClockedInbox>, IAsyncLifetime
{
    private static readonly DateOnly November = new(2026, 11, 1);
    private static readonly DateOnly December = new(2026, 12, 1);
    private readonly FakeTimeProvider _clock = node.Clock;
    private readonly TestInbox _inbox = node.Inbox;
    private UsageDesk _usage = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock.AdjustTime(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        _usage = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_conversations", 2));
        _agent = Desk.Of(_inbox, _usage.Business);
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task A_conversation_counts_once_a_month_however_much_is_said_and_however_often_it_comes_back()
    {
        var number = Bodies.NewNumber();
        var id = await ReceiveAsync(number);
        await ReceiveAsync(number);
        await SendAsync(id);
        await _agent.Get<ConversationStatuses>().ResolveAsync(id, Cancellation);
        _clock.AdjustTime(_clock.GetUtcNow().AddDays(5));
        await ReceiveAsync(number);
        Assert.Equal(1, await UsedAsync(November));

        _clock.AdjustTime(_clock.GetUtcNow().AddDays(10));
        await ReceiveAsync(number);
        await SendAsync(id);
        Assert.Equal((1, 1), (await UsedAsync(November), await UsedAsync(December)));
    }

    [Fact]
    public async Task Customers_are_never_refused_and_always_counted_and_can_be_answered()
    {
        var conversations = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            conversations.Add(await ReceiveAsync());
        }

        Assert.Equal(5, await UsedAsync(November));
        Assert.Equal(5, conversations.Distinct().Count());
        foreach (var id in conversations)
        {
            await SendAsync(id);
        }

        Assert.Equal(5, await UsedAsync(November));
    }

    [Fact]
    public async Task What_we_begin_is_counted_and_at_the_limit_refused_with_nothing_sent()
    {
        var old = new[] { await ReceiveAsync(), await ReceiveAsync(), await ReceiveAsync() };
        _clock.AdjustTime(new DateTimeOffset(2026, 12, 10, 10, 0, 0, TimeSpan.Zero));
        await SendAsync(old[0]);
        await SendAsync(old[0]);
        await SendAsync(old[1]);
        Assert.Equal(2, await UsedAsync(December));
        var refused = await Assert.ThrowsAsync<UsageLimitException>(() => SendAsync(old[2]));
        Assert.Contains("Cedar", refused.Message);
        Assert.Contains("1 January", refused.Message);
        Assert.Equal(MessageDirection.Inbound, (await _agent.ConversationAsync(old[2])).LastMessageDirection);
        Assert.Equal(0, await _agent.ReadAsync(db => db.Messages.CountAsync(
            m => m.ConversationId == old[2] && m.Direction == MessageDirection.Outbound, Cancellation)));

        // What has begun goes on, and the customer who could not be written to can write.
        await SendAsync(old[0]);
        await _usage.LimitAsync("monthly_conversations", 3);
        await SendAsync(old[2]);
        Assert.Equal(3, await UsedAsync(December));
    }

    [Fact]
    public async Task The_inbox_says_why_it_is_not_sent_and_gives_the_text_back()
    {
        var old = await ReceiveAsync();
        _clock.AdjustTime(new DateTimeOffset(2026, 12, 10, 10, 0, 0, TimeSpan.Zero));
        await _usage.LimitAsync("monthly_conversations", 0);
        await using var screen = new ScreenContext(_agent);
        var queue = screen.Render<SendQueue>();
        Assert.False(await queue.Instance.SendAsync(old, "Good evening to you", Guid.NewGuid(), asNote: false));
        Assert.Contains("does not include this: Conversations", Assert.Single(screen.Snackbar.ShownSnackbars).Message);
    }

    [Fact]
    public async Task An_answer_to_somebody_who_wrote_just_before_the_month_began_is_counted_and_not_refused()
    {
        _clock.AdjustTime(new DateTimeOffset(2026, 11, 30, 21, 50, 0, TimeSpan.Zero));
        var asked = new[] { await ReceiveAsync(), await ReceiveAsync(), await ReceiveAsync() };
        _clock.AdjustTime(_clock.GetUtcNow().AddMinutes(20));
        foreach (var id in asked)
        {
            await SendAsync(id);
        }

        Assert.Equal((3, 3), (await UsedAsync(November), await UsedAsync(December)));
    }

    [Fact]
    public async Task Many_who_write_for_the_first_time_at_once_are_counted_exactly()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ReceiveAsync(), Cancellation)));
        Assert.Equal(40, await UsedAsync(November));
    }

    [Fact]
    public async Task What_is_delivered_again_is_not_counted_again()
    {
        var message = Incoming(Bodies.NewNumber());
        await _agent.TakeInAsync([message, message]);
        await _agent.TakeInAsync([message]);
        Assert.Equal(1, await UsedAsync(November));
    }

    [Fact]
    public async Task A_line_of_WhatsApp_itself_does_not_count_and_what_comes_after_it_does()
    {
        var number = Bodies.NewNumber();
        await _agent.TakeInAsync([Incoming(number) with { Kind = MessageKind.System, Author = MessageAuthor.System }]);
        Assert.Equal(0, await UsedAsync(November));
        await ReceiveAsync(number);
        Assert.Equal(1, await UsedAsync(November));
    }

    [Fact]
    public async Task A_message_of_a_conversation_that_is_counted_does_not_wait_for_the_counter()
    {
        var number = Bodies.NewNumber();
        await ReceiveAsync(number);
        await using var connection = new NpgsqlConnection(_inbox.Database.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var holding = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("lock table usage_counters, plans in access exclusive mode", connection))
        {
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await ReceiveAsync(number).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    private Task<Guid> ReceiveAsync(string? number = null) => _agent.ReceiveAsync("Good evening", number, sentAt: _clock.GetUtcNow());

    private Task<Guid> SendAsync(Guid id) => _agent.Get<Sender>().SendTextAsync(id, "Good evening to you", Guid.NewGuid(), Cancellation);

    private Task<long> UsedAsync(DateOnly month) => _usage.UsedAsync(UsageMetric.Conversations, month);

    private IncomingMessage Incoming(string number) => new(new CustomerIdentity(number, null, ProfileName: "Maya"),
        MessageAuthor.Customer, Bodies.NewWamid(), _clock.GetUtcNow(), MessageKind.Text, "Good evening", "{}");
}
