using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

/// <summary>What employees do with a conversation.</summary>
public sealed class WorkTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;
    private Desk _viewer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
        _viewer = Desk.Of(_inbox, _business, SeededRoles.Viewer);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _viewer.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_viewer_changes_nothing_whatever_a_screen_would_let_them()
    {
        var conversation = await _agent.ReceiveAsync("hello");

        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<Sender>().SendTextAsync(conversation, "hi", Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<Sender>().SendAgainAsync(Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<Notes>().AddAsync(conversation, "hi", Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<Assignments>().AssignAsync(conversation, null, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<ConversationStatuses>().ResolveAsync(conversation, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<Drafts>().SaveAsync(conversation, new("hi", Guid.NewGuid()), Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _viewer.Get<ReadMarker>().MarkReadAsync(conversation, Cancellation));

        var unchanged = await _agent.ConversationAsync(conversation);
        Assert.Equal((1, ConversationStatus.Open), (unchanged.UnreadCount, unchanged.Status));
        Assert.Equal(1, await _agent.ReadAsync(db => db.Messages.CountAsync(Cancellation)));
        Assert.Equal(0, await _agent.ReadAsync(db => db.Outbox.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_permission_that_is_taken_away_is_gone_within_seconds()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        await _agent.Get<Sender>().SendTextAsync(conversation, "hi", Guid.NewGuid(), Cancellation);

        await _inbox.Database.ExecuteAsync(
            "update employees set is_active = false where id = $1", _business.EmployeeIds[SeededRoles.Agent]);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await _agent.Get<Sender>().SendTextAsync(conversation, "still here", Guid.NewGuid(), Cancellation);
                return false;
            }
            catch (NotPermittedException)
            {
                return true;
            }
        });
    }

    [Fact]
    public async Task An_assignment_is_kept_with_its_history_and_only_if_it_changes_something()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        var manager = _business.EmployeeIds[SeededRoles.Manager];
        await _agent.Get<Assignments>().AssignAsync(conversation, _agent.EmployeeId, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(conversation, _agent.EmployeeId, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(conversation, manager, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(conversation, null, Cancellation);

        var history = await _agent.ReadAsync(db => db.ConversationAssignments.OrderBy(a => a.Id).ToListAsync(Cancellation));
        Assert.Equal([(null, _agent.EmployeeId), (_agent.EmployeeId, manager), (manager, null)],
            history.Select(a => (a.FromEmployeeId, a.ToEmployeeId)));
        Assert.All(history, a => Assert.Equal(_agent.EmployeeId, a.ByEmployeeId));
        Assert.Null((await _agent.ConversationAsync(conversation)).AssigneeId);
    }

    [Fact]
    public async Task Nobody_is_assigned_who_left_or_works_elsewhere()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        var other = await TestBusiness.CreateAsync(_inbox);
        var left = _business.EmployeeIds[SeededRoles.Manager];
        await _inbox.Database.ExecuteAsync("update employees set is_active = false where id = $1", left);

        foreach (var assignee in new[] { left, other.EmployeeIds[SeededRoles.Agent], Guid.NewGuid() })
        {
            await Assert.ThrowsAsync<ArgumentException>(
                () => _agent.Get<Assignments>().AssignAsync(conversation, assignee, Cancellation));
        }

        Assert.Null((await _agent.ConversationAsync(conversation)).AssigneeId);
    }

    [Fact]
    public async Task A_resolved_conversation_opens_by_hand_and_by_the_customers_next_message()
    {
        const string number = "96170222333";
        var conversation = await _agent.ReceiveAsync("hello", number);
        await _agent.Get<ConversationStatuses>().ResolveAsync(conversation, Cancellation);
        var resolved = await _agent.ConversationAsync(conversation);
        Assert.Equal((ConversationStatus.Resolved, null), (resolved.Status, resolved.WaitingSince));

        await _agent.Get<ConversationStatuses>().ReopenAsync(conversation, Cancellation);
        Assert.Equal(ConversationStatus.Open, (await _agent.ConversationAsync(conversation)).Status);

        await _agent.Get<ConversationStatuses>().ResolveAsync(conversation, Cancellation);
        await _agent.ReceiveAsync("one more thing", number);
        Assert.Equal(ConversationStatus.Open, (await _agent.ConversationAsync(conversation)).Status);
    }

    [Fact]
    public async Task Opening_a_conversation_clears_the_badge_and_tells_WhatsApp_once()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        await _agent.Get<ReadMarker>().MarkReadAsync(conversation, Cancellation);
        await _agent.Get<ReadMarker>().MarkReadAsync(conversation, Cancellation);

        Assert.Equal(0, (await _agent.ConversationAsync(conversation)).UnreadCount);
        var wamid = await _agent.ReadAsync(db => db.Messages.Select(m => m.Wamid).SingleAsync(Cancellation));
        // The dispatcher may have taken it already; what it was told is in the log of its calls, tested there.
        var told = await _agent.ReadAsync(db => db.Outbox.Where(o => o.Kind == OutboxKind.MarkRead).ToListAsync(Cancellation));
        Assert.All(told, entry => Assert.Equal(wamid, JsonDocument.Parse(entry.Payload!).RootElement.GetProperty("wamid").GetString()));
        Assert.True(told.Count <= 1);
    }

    [Fact]
    public async Task A_send_and_a_note_that_are_repeated_are_made_once()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        var key = Guid.NewGuid();
        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var again = Desk.Of(_inbox, _business);
            return await again.Get<Sender>().SendTextAsync(conversation, "hi", key, Cancellation);
        }));
        Assert.Single(sent.Distinct());
        Assert.Equal(1, await _agent.ReadAsync(db => db.Messages.CountAsync(m => m.Direction == MessageDirection.Outbound, Cancellation)));

        var noteKey = Guid.NewGuid();
        var notes = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var again = Desk.Of(_inbox, _business);
            return await again.Get<Notes>().AddAsync(conversation, "call her", noteKey, Cancellation);
        }));
        Assert.Single(notes.Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    public async Task An_empty_text_is_refused_in_words(string text)
    {
        var conversation = await _agent.ReceiveAsync("hello");
        await Assert.ThrowsAsync<ArgumentException>(() => _agent.Get<Sender>().SendTextAsync(conversation, text, Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => _agent.Get<Notes>().AddAsync(conversation, text, Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task A_text_longer_than_WhatsApp_takes_is_refused_with_both_numbers()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _agent.Get<Sender>()
            .SendTextAsync(conversation, new string('x', Sender.MaxTextLength + 1), Guid.NewGuid(), Cancellation));
        Assert.Contains("4096", refused.Message);
        Assert.Contains("4097", refused.Message);
    }
}
