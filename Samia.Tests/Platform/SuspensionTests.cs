using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Api;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>What a suspended business can and cannot do, whoever acts for it.</summary>
public sealed class SuspensionTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private const string Reason = "The invoice of October is not paid.";

    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_still_receives_and_stores_what_customers_write()
    {
        var business = await SuspendedAsync();
        await using var desk = Desk.Of(Inbox, business);
        var conversation = await desk.ConversationAsync(await desk.ReceiveAsync("hello?"));
        Assert.Equal(("hello?", 1), (conversation.LastMessagePreview, conversation.UnreadCount));
    }

    [Fact]
    public async Task It_sends_nothing_and_says_why_to_employees_and_programs_alike()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var desk = Desk.Of(Inbox, business);
        var conversation = await desk.ReceiveAsync("hello?");
        // Who was permitted a moment ago is believed for some seconds, and queues nothing nevertheless.
        Assert.True(await desk.Get<PermissionChecker>().MayAsync(Permissions.Reply, Stop));
        await SuspendAsync(business);
        await using var program = await ProgramOfAsync(business, Permissions.Reply);
        foreach (var sender in (Sender[])[desk.Get<Sender>(), program.ServiceProvider.GetRequiredService<Sender>()])
        {
            var refused = await Assert.ThrowsAsync<NotPermittedException>(() => sender.SendTextAsync(conversation, "hi", Guid.NewGuid(), Stop));
            Assert.Contains(Reason, refused.Message);
        }

        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from outbox where business_id = $1", business.Id));
    }

    [Fact]
    public async Task What_waited_in_its_queue_goes_on_waiting_until_it_is_restored()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var desk = Desk.Of(Inbox, business);
        var conversation = await desk.ReceiveAsync("hello?");
        await SuspendAsync(business);
        // As if it had been queued in the moment before.
        await Inbox.Database.ExecuteAsync("""
            insert into outbox (business_id, id, kind, lane, payload, attempts, due_at)
            values ($1, gen_random_uuid(), 'mark_read', $2, '{}', 0, now() - interval '1 minute')
            """, business.Id, conversation);
        Assert.Empty(await ClaimAsync(business));
        await Inbox.Database.ExecuteAsync("update businesses set status = 'active' where id = $1", business.Id);
        // The dispatcher takes it up by itself: a receipt of nothing, which it throws away.
        await Eventually.TrueAsync(async () => await Inbox.Database.ScalarAsync<long>(
            "select count(*) from outbox where business_id = $1", business.Id) == 0);
    }

    [Fact]
    public async Task Its_people_see_their_settings_and_change_nothing_but_how_it_is_paid()
    {
        var business = await SuspendedAsync();
        await using var desk = Desk.Of(Inbox, business, SeededRoles.Admin);
        var tokens = desk.Get<ApiTokens>();
        Assert.Empty(await tokens.ListAsync(Stop));
        var refused = await Assert.ThrowsAsync<NotPermittedException>(() => tokens.RevokeAsync(Guid.NewGuid(), Stop));
        Assert.Contains(Reason, refused.Message);

        var checker = desk.Get<PermissionChecker>();
        Assert.Equal(Permissions.All.ToHashSet(), (await checker.AllToSeeAsync(Stop)).ToHashSet());
        Assert.Equal(Permissions.WhileSuspended.ToHashSet(), (await checker.AllAsync(Stop)).ToHashSet());
        Assert.Contains(Permissions.ManageBilling, Permissions.WhileSuspended);
        Assert.Empty(Permissions.WhileSuspended.Intersect([Permissions.Reply, Permissions.ManageSettings, Permissions.ManageTeam,
            Permissions.ManageRoles, Permissions.ManageApi, Permissions.ManagePrompts, Permissions.ManageCanned]));
    }

    [Fact]
    public async Task What_a_role_does_not_allow_is_not_blamed_on_the_suspension()
    {
        var business = await SuspendedAsync();
        await using var desk = Desk.Of(Inbox, business, SeededRoles.Viewer);
        var refused = await Assert.ThrowsAsync<NotPermittedException>(() => desk.Get<ApiTokens>().ListAsync(Stop));
        Assert.DoesNotContain(Reason, refused.Message);
    }

    [Fact]
    public async Task In_a_closed_business_nobody_may_do_or_see_anything()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await Inbox.Database.ExecuteAsync("update businesses set status = 'closed' where id = $1", business.Id);
        await using var desk = Desk.Of(Inbox, business, SeededRoles.Admin);
        Assert.Empty(await desk.Get<PermissionChecker>().AllToSeeAsync(Stop));
        await using var program = await ProgramOfAsync(business, Permissions.Reply);
        Assert.Empty(await program.ServiceProvider.GetRequiredService<PermissionChecker>().AllAsync(Stop));
    }

    private async Task<TestBusiness> SuspendedAsync()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await SuspendAsync(business);
        return business;
    }

    private Task SuspendAsync(TestBusiness business) => Inbox.Database.ExecuteAsync(
        "update businesses set status = 'suspended', suspended_at = now(), suspended_reason = $2 where id = $1", business.Id, Reason);

    private Task<List<OutboxClaim>> ClaimAsync(TestBusiness business) => Inbox.Get<OutboxClaims>().ClaimAsync(
        [business.Id], new Dictionary<Guid, int>(), 4, 10, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1), Stop);

    private async Task<AsyncServiceScope> ProgramOfAsync(TestBusiness business, params string[] permissions)
    {
        var id = Guid.CreateVersion7();
        await Inbox.Database.ExecuteAsync("""
            insert into api_tokens (business_id, id, name, last_four, secret_hash, permissions, rate_limit, created_at)
            values ($1, $2, 'program', 'abcd', sha256('x'), $3, 300, now())
            """, business.Id, id, permissions);
        var scope = Inbox.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().EnterByApiToken(business.Id, id);
        return scope;
    }
}
