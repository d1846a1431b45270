using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Conversations;

/// <summary>Whoever may see only what is assigned to them or to their teams: what else there is does not exist for them.</summary>
public sealed class SightTests(WalkedInbox walked) : IClassFixture<WalkedInbox>, IAsyncLifetime
{
    private static readonly IReadOnlyList<string> AllButAll = [.. Permissions.All.Except([Permissions.ViewConversations, Permissions.ExportData])];

    private TestBusiness _business = null!;
    private PermissionActors _actors = null!;
    private Desk _manager = null!;
    private Guid _me;
    private AsyncServiceScope _mine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ConversationList List => Get<ConversationList>();

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(walked.Inbox);
        _actors = new PermissionActors(walked.Inbox, _business);
        _manager = Desk.Of(walked.Inbox, _business, SeededRoles.Manager);
        _me = await _actors.HireAsync(AllButAll);
        _mine = walked.Inbox.Services.CreateTenantScope(_business.Id, _me);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        await _mine.DisposeAsync();
    }

    [Fact]
    public async Task The_list_and_its_counts_hold_what_is_theirs_and_their_teams_once_each()
    {
        var team = await TeamAsync(_me);
        var other = await TeamAsync(_manager.EmployeeId);
        var mine = await ReceiveAsync(_me, null);
        var ours = await ReceiveAsync(null, team);
        var both = await ReceiveAsync(_me, team);
        var colleagues = await ReceiveAsync(_manager.EmployeeId, team);
        await ReceiveAsync(_manager.EmployeeId, null);
        await ReceiveAsync(null, null);
        await ReceiveAsync(null, other);

        Assert.Equal([colleagues, both, ours, mine], await IdsAsync(new(ConversationTab.All)));
        Assert.Equal([both, mine], await IdsAsync(new(ConversationTab.Mine)));
        Assert.Equal([ours], await IdsAsync(new(ConversationTab.Unassigned)));
        Assert.Equal(new ConversationCounts(2, 1, 4), await List.CountsAsync(ConversationStatus.Open, Cancellation));
        Assert.Empty(await IdsAsync(new(ConversationTab.All, ConversationStatus.Resolved)));
        var all = await _manager.ReadAsync(db => db.Conversations.Select(c => c.Id).ToListAsync(Cancellation));
        Assert.Equal(new[] { colleagues, both, ours, mine }.Order(), (await List.RowsAsync(all, Cancellation)).Select(r => r.Id).Order());
    }

    [Fact]
    public async Task Pages_of_ones_own_follow_each_other_without_a_gap_or_a_repetition()
    {
        var teams = new[] { await TeamAsync(_me), await TeamAsync(_me) };
        var newestFirst = new List<Guid>();
        for (var i = 0; i < 19; i++)
        {
            newestFirst.Insert(0, await ReceiveAsync(i % 3 == 0 ? _me : null, i % 3 == 0 && i % 2 == 0 ? null : teams[i % 2]));
            await ReceiveAsync(_manager.EmployeeId, null);
        }

        var read = new List<ConversationRow>();
        List<ConversationRow> page;
        do
        {
            page = await List.PageAsync(new(ConversationTab.All), read.Count == 0 ? null : read[^1].Cursor, 4, Cancellation);
            read.AddRange(page);
        }
        while (page.Count == 4);
        Assert.Equal(newestFirst, read.Select(r => r.Id));
    }

    [Fact]
    public async Task A_conversation_comes_and_goes_with_its_assignee_and_with_its_team()
    {
        var team = await TeamAsync(_me);
        var conversation = await ReceiveAsync(null, team);
        Assert.NotNull(await Get<OpenConversations>().FindAsync(conversation, Cancellation));
        Assert.Single(await Get<ConversationThread>().BeforeAsync(conversation, null, 50, Cancellation));
        await Get<Sender>().SendTextAsync(conversation, "hello", Guid.NewGuid(), Cancellation);

        await walked.Inbox.Database.ExecuteAsync("delete from team_members where team_id = $1", team);
        Assert.Null(await Get<OpenConversations>().FindAsync(conversation, Cancellation));
        Assert.Empty(await Get<ConversationThread>().BeforeAsync(conversation, null, 50, Cancellation));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() =>
            Get<Sender>().SendTextAsync(conversation, "hello", Guid.NewGuid(), Cancellation));

        await _manager.Get<Assignments>().AssignAsync(conversation, _me, Cancellation);
        Assert.Equal(2, (await Get<ConversationThread>().FromAsync(conversation, Guid.Empty, 50, Cancellation)).Count);
        // Whoever may assign can also let go of it.
        await Get<Assignments>().AssignAsync(conversation, null, Cancellation);
        Assert.Null(await Get<OpenConversations>().FindAsync(conversation, Cancellation));
    }

    [Fact]
    public async Task Of_what_changed_one_hears_what_one_sees_and_what_was_taken_from_one_just_now()
    {
        var mine = await ReceiveAsync(_me, null);
        var theirs = await ReceiveAsync(_manager.EmployeeId, null);
        var taken = await ReceiveAsync(_me, null);
        await _manager.Get<Assignments>().AssignAsync(taken, null, Cancellation);
        Assert.Equal(new[] { mine, taken }.Order(),
            (await Get<VisibleConversations>().OfTheseAsync([mine, theirs, taken], Cancellation)).Order());
    }

    [Fact]
    public async Task A_program_that_may_see_what_is_assigned_to_it_sees_nothing_and_support_sees_all()
    {
        var conversation = await ReceiveAsync(null, null);
        await using var token = await _actors.TokenAsync(AllButAll);
        Assert.Empty(await token.ServiceProvider.GetRequiredService<ConversationList>().PageAsync(new(ConversationTab.All), null, 50, Cancellation));
        Assert.Null(await token.ServiceProvider.GetRequiredService<OpenConversations>().FindAsync(conversation, Cancellation));
        await using var support = await _actors.SupportAsync();
        Assert.NotNull(await support.ServiceProvider.GetRequiredService<OpenConversations>().FindAsync(conversation, Cancellation));
    }

    [Fact]
    public async Task Whoever_may_see_no_conversations_can_do_nothing_to_one_either()
    {
        var conversation = await ReceiveAsync(null, null);
        await using var blind = await _actors.EmployeeAsync(Permissions.Reply, Permissions.Assign);
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => blind.ServiceProvider.GetRequiredService<Sender>()
            .SendTextAsync(conversation, "hello", Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => blind.ServiceProvider.GetRequiredService<OpenConversations>()
            .FindAsync(conversation, Cancellation));
    }

    [Fact]
    public async Task No_method_shows_or_changes_a_colleagues_conversation_whatever_id_it_is_given()
    {
        var hidden = await HiddenConversation.OfAsync(_manager, walked.Inbox);
        var methods = walked.Walk.Methods.Where(m => !m.Declaration.IsForProduct).ToList();
        var targeted = methods.Where(hidden.IsTargetOf).ToList();
        Assert.True(targeted.Count >= 10, $"Only {targeted.Count} methods take a conversation.");
        var before = await hidden.FingerprintAsync(walked.Inbox);
        foreach (var method in methods.Where(m => hidden.IsTargetOf(m) || m.Service.Namespace == typeof(ConversationList).Namespace))
        {
            await using var scope = walked.Inbox.Services.CreateTenantScope(_business.Id, _me);
            var (result, _) = await TryAsync(scope, method, hidden);
            Assert.False(HiddenConversation.Tells(result), $"{method} tells what is said in it.");
            Assert.True(await hidden.FingerprintAsync(walked.Inbox) == before, $"{method} changed it.");
        }
    }

    // The test above would hold as well if its arguments led nowhere.
    [Fact]
    public async Task The_same_calls_show_and_change_it_for_whoever_sees_everything()
    {
        var hidden = await HiddenConversation.OfAsync(_manager, walked.Inbox);
        var effective = new List<string>();
        foreach (var method in walked.Walk.Methods.Where(m => !m.Declaration.IsForProduct && hidden.IsTargetOf(m)))
        {
            var before = await hidden.FingerprintAsync(walked.Inbox);
            await using var scope = await _actors.EmployeeAsync(Permissions.All);
            var (result, _) = await TryAsync(scope, method, hidden);
            if (HiddenConversation.Tells(result) || await hidden.FingerprintAsync(walked.Inbox) != before)
            {
                effective.Add(method.ToString());
            }
        }

        Assert.Superset(new HashSet<string>
        {
            "Sender.SendTextAsync", "Sender.SendAgainAsync", "Notes.AddAsync", "Assignments.AssignAsync", "ReadMarker.MarkReadAsync",
            "ConversationStatuses.ResolveAsync", "ConversationStatuses.ReopenAsync", "Drafts.SaveAsync",
            "ConversationThread.BeforeAsync", "ConversationThread.FromAsync",
        }, effective.ToHashSet());
    }

    private async Task<(object? Result, Exception? Failure)> TryAsync(AsyncServiceScope scope, ServiceMethod method, HiddenConversation hidden)
    {
        try
        {
            return (await MethodCall.ResultAsync(scope.ServiceProvider, method, p => hidden.Argument(p, _me)), null);
        }
        catch (Exception failure)
        {
            return (failure.Message, failure);
        }
    }

    private T Get<T>() where T : notnull => _mine.ServiceProvider.GetRequiredService<T>();

    private async Task<List<Guid>> IdsAsync(ConversationListQuery query) =>
        [.. (await List.PageAsync(query, null, 50, Cancellation)).Select(r => r.Id)];

    private async Task<Guid> ReceiveAsync(Guid? assignee, Guid? team)
    {
        var conversation = await _manager.ReceiveAsync("hello");
        await walked.Inbox.Database.ExecuteAsync("update conversations set assignee_id = $2, team_id = $3 where id = $1",
            conversation, (object?)assignee ?? DBNull.Value, (object?)team ?? DBNull.Value);
        return conversation;
    }

    private async Task<Guid> TeamAsync(Guid member)
    {
        var team = Guid.CreateVersion7();
        await walked.Inbox.Database.ExecuteAsync(
            "insert into teams (business_id, id, name, description, created_at) values ($1, $2, $2::text, '', now())", _business.Id, team);
        await walked.Inbox.Database.ExecuteAsync(
            "insert into team_members (business_id, id, team_id, employee_id) values ($1, gen_random_uuid(), $2, $3)", _business.Id, team, member);
        return team;
    }
}
