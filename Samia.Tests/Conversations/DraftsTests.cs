using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

public sealed class DraftsTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;
    private Guid _conversation;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Drafts Drafts => _agent.Get<Drafts>();

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
        _conversation = await _agent.ReceiveAsync("hello");
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_is_kept_per_person_and_conversation()
    {
        var draft = new Draft("half a sent", Guid.NewGuid());
        await Drafts.SaveAsync(_conversation, draft with { Text = "half" }, Cancellation);
        await Drafts.SaveAsync(_conversation, draft, Cancellation);
        var elsewhere = await _agent.ReceiveAsync("another");
        await using var manager = Desk.Of(_inbox, _business, SeededRoles.Manager);

        Assert.Equal(draft, await Drafts.RestoreAsync(_conversation, null, [], Cancellation));
        Assert.Equal("", (await Drafts.RestoreAsync(elsewhere, null, [], Cancellation)).Text);
        Assert.Equal("", (await manager.Get<Drafts>().RestoreAsync(_conversation, null, [], Cancellation)).Text);
    }

    [Fact]
    public async Task Sending_a_draft_forgets_it_and_a_save_that_comes_late_does_not_bring_it_back()
    {
        var draft = new Draft("good evening", Guid.NewGuid());
        await Drafts.SaveAsync(_conversation, draft, Cancellation);
        await _agent.Get<Sender>().SendTextAsync(_conversation, draft.Text, draft.Key, Cancellation);
        await Drafts.SaveAsync(_conversation, draft, Cancellation);

        Assert.Equal("", (await Drafts.RestoreAsync(_conversation, null, [], Cancellation)).Text);
    }

    [Fact]
    public async Task What_the_browser_still_holds_wins_unless_it_was_sent_already()
    {
        var stored = new Draft("on the server", Guid.NewGuid());
        await Drafts.SaveAsync(_conversation, stored, Cancellation);
        var newer = new Draft("typed while the connection was away", Guid.NewGuid());
        Assert.Equal(newer, await Drafts.RestoreAsync(_conversation, newer, [], Cancellation));

        await _agent.Get<Notes>().AddAsync(_conversation, newer.Text, newer.Key, Cancellation);
        Assert.Equal(stored, await Drafts.RestoreAsync(_conversation, newer, [], Cancellation));
    }

    [Fact]
    public async Task An_emptied_draft_is_forgotten()
    {
        await Drafts.SaveAsync(_conversation, new Draft("never mind", Guid.NewGuid()), Cancellation);
        await Drafts.SaveAsync(_conversation, new Draft("", Guid.NewGuid()), Cancellation);
        Assert.Equal("", (await Drafts.RestoreAsync(_conversation, null, [], Cancellation)).Text);
    }
}
