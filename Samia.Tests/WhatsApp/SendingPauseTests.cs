using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Errors that concern more than one message: of the token, the account, the number, or one pair.</summary>
public sealed class SendingPauseTests(TestServers servers) : OutboundTests(servers)
{
    [Theory]
    [InlineData(190, 401, "access token")]
    [InlineData(131042, 400, "payment")]
    public async Task A_refused_token_or_account_pauses_that_business_alone_and_keeps_its_queue(int code, int status, string says)
    {
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        var (conversation, elsewhere) = (await ConversationAsync(), await ConversationAsync(business: other));
        var live = new System.Collections.Concurrent.ConcurrentQueue<LiveEvent>();
        using var subscription = Inbox.Get<LiveFeed>().Subscribe(Business.Id, live.Enqueue);
        Api.Answer = (call, http) => call.Path.Contains(Business.PhoneNumberId, StringComparison.Ordinal)
            ? CloudApiServer.RefuseAsync(http, code, status) : CloudApiServer.AcceptAsync(call, http);
        var (first, second) = (await SendAsync(conversation, "first"), await SendAsync(conversation, "second"));
        await Eventually.TrueAsync(async () => (await SendingAsync()).IsPaused);
        Assert.Contains(says, (await SendingAsync()).PausedReason, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => live.Any(e => e.BusinessChanged));
        Assert.Equal(1, await Meta.CountAsync("activity_logs", "action = 'sending.paused'"));

        await BecomesAsync(await SendAsync(elsewhere, "other", other), MessageStatus.Sent, other);
        Assert.False((await SendingAsync(other)).IsPaused);
        Assert.Equal(1, Api.Calls.Count(c => c.Text is "first" or "second"));
        Assert.Equal(2, await Meta.CountAsync("outbox", "attempts = 0 and call_started_at is null"));

        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        await Assert.ThrowsAsync<NotPermittedException>(() => AsAsync("Agent", s => s.ResumeAsync(Cancellation)));
        Assert.True(await AsAsync("Admin", s => s.ResumeAsync(Cancellation)));
        Assert.False(await AsAsync("Admin", s => s.ResumeAsync(Cancellation)));
        await BecomesAsync(second, MessageStatus.Sent);
        Assert.Equal(MessageStatus.Sent, (await MessageAsync(first)).Status);
        Assert.Equal(["first", "other", "first", "second"], Api.Texts);
        Assert.Equal(new SendingStatus(null, null, null), await SendingAsync());
        Assert.Equal(1, await Meta.CountAsync("activity_logs", "action = 'sending.resumed' and employee_id is not null"));
    }

    [Fact]
    public async Task Connecting_with_a_new_token_resumes_and_the_new_token_is_used_at_once()
    {
        var conversation = await ConversationAsync();
        Api.Answer = (call, http) => call.Authorization == "Bearer fresh"
            ? CloudApiServer.AcceptAsync(call, http) : CloudApiServer.RefuseAsync(http, 190, 401);
        var id = await SendAsync(conversation, "hi");
        await Eventually.TrueAsync(async () => (await SendingAsync()).IsPaused);
        await ConnectAsync("fresh");
        await BecomesAsync(id, MessageStatus.Sent);
        Assert.False((await SendingAsync()).IsPaused);
    }

    [Fact]
    public async Task A_refusal_of_a_token_that_was_replaced_meanwhile_pauses_nothing()
    {
        Api.Answer = async (call, http) =>
        {
            if (call.Authorization == "Bearer fresh")
            {
                await CloudApiServer.AcceptAsync(call, http);
                return;
            }

            await ConnectAsync("fresh");
            await CloudApiServer.RefuseAsync(http, 190, 401);
        };
        await BecomesAsync(await SendAsync(await ConversationAsync(), "hi"), MessageStatus.Sent);
        Assert.Equal(0, await Meta.CountAsync("activity_logs", "action = 'sending.paused'"));
    }

    [Fact]
    public async Task A_token_that_cannot_be_decrypted_pauses_and_says_so()
    {
        var conversation = await ConversationAsync();
        await Inbox.Database.ExecuteAsync("update businesses set access_token = 'CfDJ8garbage' where id = $1", Business.Id);
        await SendAsync(conversation, "hi");
        await Eventually.TrueAsync(async () => (await SendingAsync()).IsPaused);
        Assert.Contains("cannot be read", (await SendingAsync()).PausedReason, StringComparison.Ordinal);
        Assert.Empty(Api.Calls);
    }

    [Theory]
    [InlineData(130429)]
    [InlineData(131048)]
    [InlineData(131057)]
    public async Task A_number_that_must_slow_down_waits_as_a_whole_and_goes_on_by_itself(int code)
    {
        var (one, two) = (await ConversationAsync(), await ConversationAsync());
        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, code, 429);
        var first = await SendAsync(one, "first");
        await WaitsAsync(first);
        Assert.True((await SendingAsync()).SlowedUntil > Clock.GetUtcNow());
        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        var second = await SendAsync(two, "second");
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        await BecomesAsync(await SendAsync(await ConversationAsync(business: other), "other", other), MessageStatus.Sent, other);
        Assert.Equal(["first", "other"], Api.Texts);

        await AdvanceUntilAsync(TimeSpan.FromSeconds(30), async () => await Meta.CountAsync("outbox") == 0, "both are sent");
        Assert.Equal(["first", "first", "other", "second"], Api.Texts.Order());
        Assert.Equal(MessageStatus.Sent, (await MessageAsync(second)).Status);
        Assert.Null((await SendingAsync()).SlowedUntil);
    }

    [Fact]
    public async Task Too_many_messages_to_one_person_slow_that_conversation_alone()
    {
        var (one, two) = (await ConversationAsync(), await ConversationAsync());
        Api.Answer = (call, http) => call.Text == "pair" ? CloudApiServer.RefuseAsync(http, 131056) : CloudApiServer.AcceptAsync(call, http);
        var (pair, behind) = (await SendAsync(one, "pair"), await SendAsync(one, "behind"));
        await WaitsAsync(pair);
        await BecomesAsync(await SendAsync(two, "free"), MessageStatus.Sent);
        Assert.Equal(["pair", "free"], Api.Texts);
        Assert.Null((await SendingAsync()).SlowedUntil);
        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        Clock.Advance(TimeSpan.FromSeconds(10));
        await BecomesAsync(behind, MessageStatus.Sent);
        Assert.Equal(["pair", "free", "pair", "behind"], Api.Texts);
    }

    [Fact]
    public async Task A_suspended_business_sends_nothing_until_it_is_active_again()
    {
        var conversation = await ConversationAsync();
        await StatusAsync("suspended");
        await Assert.ThrowsAsync<NotPermittedException>(() => SendAsync(conversation, "hi"));
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        await BecomesAsync(await SendAsync(await ConversationAsync(business: other), "other", other), MessageStatus.Sent, other);
        Assert.Equal(["other"], Api.Texts);
        await StatusAsync("active");
        await BecomesAsync(await SendAsync(conversation, "hi"), MessageStatus.Sent);
    }

    [Fact]
    public async Task A_read_receipt_is_sent_and_forgotten_and_after_a_few_tries_given_up()
    {
        await ConversationAsync();
        await MarkReadAsync("wamid.ONE");
        await Eventually.TrueAsync(async () => await Meta.CountAsync("outbox") == 0);
        Assert.Equal("wamid.ONE", Assert.Single(Api.Calls).Body.GetProperty("message_id").GetString());

        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, 131000, 500);
        await MarkReadAsync("wamid.TWO");
        await AdvanceUntilAsync(TimeSpan.FromSeconds(5), async () => await Meta.CountAsync("outbox") == 0, "given up");
        Assert.Equal(4, Api.Calls.Count);

        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, 131042);
        await MarkReadAsync("wamid.THREE");
        await Eventually.TrueAsync(async () => await Meta.CountAsync("outbox") == 0);
        Assert.False((await SendingAsync()).IsPaused);

        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, 190, 401);
        await MarkReadAsync("wamid.FOUR");
        await Eventually.TrueAsync(async () => (await SendingAsync()).IsPaused);
    }

    private Task StatusAsync(string status) =>
        Inbox.Database.ExecuteAsync($"update businesses set status = '{status}' where id = $1", Business.Id);

    private Task ConnectAsync(string token) => Inbox.Get<BusinessRegistration>().ConnectWhatsAppAsync(Business.Id,
        new WhatsAppConnection(Business.PhoneNumberId, Business.WabaId, "96170000001", token, Business.AppSecret, Business.VerifyToken), Cancellation);

    private async Task MarkReadAsync(string wamid)
    {
        await using var scope = Inbox.Services.CreateTenantScope(Business.Id);
        await scope.ServiceProvider.GetRequiredService<LiveTransaction>().RunAsync((db, _, _) =>
        {
            db.Add(new OutboxEntry { Kind = OutboxKind.MarkRead, Payload = $$"""{"wamid":"{{wamid}}"}""", DueAt = Clock.GetUtcNow() });
            return Task.CompletedTask;
        }, Cancellation);
    }
}
