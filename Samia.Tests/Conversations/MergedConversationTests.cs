using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Conversations;

/// <summary>Two conversations turn out to be with one person while somebody still writes in the one that goes.</summary>
public sealed class MergedConversationTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_text_and_a_note_for_a_conversation_that_is_gone_arrive_once_where_its_messages_went()
    {
        var (number, bsuid) = (Bodies.NewNumber(), Bodies.NewBsuid());
        var kept = await _agent.ReceiveAsync(new CustomerIdentity(number, null), "by my number");
        var gone = await _agent.ReceiveAsync(new CustomerIdentity(null, bsuid), "by my username");
        Assert.Equal(kept, await _agent.ReceiveAsync(new CustomerIdentity(number, bsuid), "by both"));

        var (sent, noted) = (Guid.NewGuid(), Guid.NewGuid());
        var message = await _agent.Get<Sender>().SendTextAsync(gone, "an answer", sent, Cancellation);
        Assert.Equal(message, await _agent.Get<Sender>().SendTextAsync(gone, "an answer", sent, Cancellation));
        await _agent.Get<Notes>().AddAsync(gone, "a note", noted, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(gone, _agent.EmployeeId, Cancellation);
        await _agent.Get<ConversationStatuses>().ResolveAsync(gone, Cancellation);

        var thread = await _agent.Get<ConversationThread>().BeforeAsync(kept, null, 50, Cancellation);
        Assert.Equal(["by my number", "by my username", "by both", "an answer", "a note"], thread.Select(i => i.Body));
        var conversation = await _agent.ConversationAsync(kept);
        Assert.Equal((_agent.EmployeeId, ConversationStatus.Resolved, "an answer"),
            (conversation.AssigneeId, conversation.Status, conversation.LastMessagePreview));
        Assert.All(await _agent.ReadAsync(db => db.Outbox.Where(o => o.MessageId == message).ToListAsync(Cancellation)),
            entry => Assert.Equal(kept, entry.Lane));
    }

    [Fact]
    public async Task A_text_that_waits_for_the_merge_to_end_follows_it()
    {
        var (kept, gone) = (await _agent.ReceiveAsync("kept"), await _agent.ReceiveAsync("gone"));
        await using var merger = Desk.Of(_inbox, _business);
        await using var db = await merger.Get<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        var live = new LiveChanges();
        await ConversationMerge.MergeAsync(db, live, await CustomerAsync(kept), await CustomerAsync(gone), Cancellation);
        var sending = _agent.Get<Sender>().SendTextAsync(gone, "an answer", Guid.NewGuid(), Cancellation);
        await Eventually.TrueAsync(() => _inbox.Database.ScalarAsync<bool>("""
            select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
            """));
        await transaction.CommitAsync(Cancellation);

        var message = await sending;
        Assert.Equal(kept, await _agent.ReadAsync(d => d.Messages.Where(m => m.Id == message).Select(m => m.ConversationId).SingleAsync(Cancellation)));
        Assert.Equal([kept, gone], live.ToEvent(_business.Id, 1).ConversationIds.Order());
    }

    [Fact]
    public async Task A_conversation_that_was_merged_twice_is_found_and_named_by_the_one_that_goes_on()
    {
        var first = await _agent.ReceiveAsync("first");
        var second = await _agent.ReceiveAsync("second");
        var third = await _agent.ReceiveAsync("third");
        await MergeAsync(second, first);
        await MergeAsync(third, second);

        await _agent.Get<Sender>().SendTextAsync(first, "an answer", Guid.NewGuid(), Cancellation);
        Assert.Equal(4, await _agent.ReadAsync(db => db.Messages.CountAsync(m => m.ConversationId == third, Cancellation)));
        var open = await _agent.Get<OpenConversations>().FindAsync(first, Cancellation);
        Assert.Equal(third, open!.Id);
        Assert.Equal(new[] { first, second }.Order(), open.FormerIds.Order());
    }

    [Fact]
    public async Task Another_business_follows_no_merge()
    {
        var (kept, gone) = (await _agent.ReceiveAsync("kept"), await _agent.ReceiveAsync("gone"));
        await MergeAsync(kept, gone);
        await using var stranger = Desk.Of(_inbox, await TestBusiness.CreateAsync(_inbox), SeededRoles.Admin);

        await Assert.ThrowsAsync<ConversationNotFoundException>(
            () => stranger.Get<Sender>().SendTextAsync(gone, "an answer", Guid.NewGuid(), Cancellation));
        Assert.Null(await stranger.Get<OpenConversations>().FindAsync(gone, Cancellation));
    }

    [Fact]
    public async Task A_draft_that_is_saved_late_is_kept_with_the_conversation_that_goes_on()
    {
        var (kept, gone) = (await _agent.ReceiveAsync("kept"), await _agent.ReceiveAsync("gone"));
        var draft = new Draft("half", Guid.NewGuid());
        await SaveAsync(gone, draft);
        await MergeAsync(kept, gone);
        Assert.Equal(draft, await RestoreAsync(kept));

        await SaveAsync(gone, draft with { Text = "half a sent" });
        Assert.Equal(draft with { Text = "half a sent" }, await RestoreAsync(kept));
        await SaveAsync(gone, draft with { Text = "" });
        Assert.Equal("", (await RestoreAsync(kept)).Text);
        await SaveAsync(gone, draft);
        Assert.Equal(draft, await RestoreAsync(kept));
    }

    [Fact]
    public async Task No_draft_takes_the_place_of_another()
    {
        var (kept, gone) = (await _agent.ReceiveAsync("kept"), await _agent.ReceiveAsync("gone"));
        var (own, other) = (new Draft("own", Guid.NewGuid()), new Draft("other", Guid.NewGuid()));
        await SaveAsync(kept, own);
        await MergeAsync(kept, gone);
        await SaveAsync(gone, other);

        Assert.Equal(own, await RestoreAsync(kept));
        // The browser holds what could not be kept here.
        Assert.Equal(own with { Text = "own\nother" }, await RestoreAsync(kept, other));
        Assert.Equal(own, await RestoreAsync(kept, other with { Text = "" }));
        await _agent.Get<Sender>().SendTextAsync(gone, other.Text, other.Key, Cancellation);
        Assert.Equal(own, await RestoreAsync(kept, other));
    }

    [Fact]
    public async Task A_label_that_both_have_is_there_once()
    {
        var (kept, gone) = (await _agent.ReceiveAsync("kept"), await _agent.ReceiveAsync("gone"));
        await _agent.Get<LiveTransaction>().RunAsync((db, _, _) =>
        {
            Label[] labels = [NewLabel("both"), NewLabel("of the one that goes")];
            db.AddRange(labels);
            db.AddRange(labels.Select(l => new ConversationLabel { ConversationId = gone, LabelId = l.Id }));
            db.Add(new ConversationLabel { ConversationId = kept, LabelId = labels[0].Id });
            return Task.CompletedTask;
        }, Cancellation);
        await MergeAsync(kept, gone);

        Assert.Equal(["both", "of the one that goes"], await _agent.ReadAsync(db => db.ConversationLabels.Where(l => l.ConversationId == kept)
            .Join(db.Labels, l => l.LabelId, l => l.Id, (_, l) => l.Name).Order().ToListAsync(Cancellation)));

        static Label NewLabel(string name) => new() { Name = name, Color = "#000000", CreatedAt = DateTimeOffset.UtcNow };
    }

    private async Task MergeAsync(Guid kept, Guid gone)
    {
        var (customer, duplicate) = (await CustomerAsync(kept), await CustomerAsync(gone));
        await _agent.Get<LiveTransaction>().RunAsync(
            (db, live, ct) => ConversationMerge.MergeAsync(db, live, customer, duplicate, ct), Cancellation);
    }

    private async Task<Guid> CustomerAsync(Guid conversation) => (await _agent.ConversationAsync(conversation)).CustomerId;

    private Task SaveAsync(Guid conversation, Draft draft) => _agent.Get<Drafts>().SaveAsync(conversation, draft, Cancellation);

    private Task<Draft> RestoreAsync(Guid conversation, params Draft[] former) =>
        _agent.Get<Drafts>().RestoreAsync(conversation, null, former, Cancellation);
}
