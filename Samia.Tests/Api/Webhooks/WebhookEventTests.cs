using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Conversations;
using Samia.Inbox.Customers;
using Samia.Inbox.Live;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>What is told, to whom, and in which form.</summary>
public sealed class WebhookEventTests(CallingInbox calling) : WebhookTests(calling), IClassFixture<CallingInbox>
{
    [Fact]
    public async Task What_happens_is_told_signed_and_as_the_API_shows_it()
    {
        var (id, secret) = await SubscribeAsync();
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        await using var admin = Admin();
        var conversationId = await ReceiveAsync("is it open?");
        var message = await admin.Get<Sender>().SendTextAsync(conversationId, "yes", Guid.NewGuid(), Cancellation);
        var note = await admin.Get<Notes>().AddAsync(conversationId, "a regular", Guid.NewGuid(), Cancellation);
        await admin.Get<Assignments>().AssignAsync(conversationId, admin.EmployeeId, Cancellation);
        var customerId = (await admin.ConversationAsync(conversationId)).CustomerId;
        await admin.Get<CustomerEditor>().UpdateAsync(customerId, new("Maya H.", null, "ar", new() { ["city"] = "زحلة" }), Cancellation);

        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id)).All(d => d.State == WebhookDeliveryState.Delivered));
        Assert.Equal(new Dictionary<string, int>
        {
            ["conversation.created"] = 1, ["customer.created"] = 1, ["message.created"] = 2, ["note.created"] = 1,
            // The answer, the assignee, the name.
            ["conversation.updated"] = 3, ["conversation.assigned"] = 1, ["customer.updated"] = 1,
        }.OrderBy(t => t.Key), Receiver.Calls.CountBy(c => c.Type).OrderBy(t => t.Key));
        Assert.All(Receiver.Calls, call =>
        {
            Assert.True(call.IsSignedBy(secret));
            Assert.Equal(("application/json; charset=utf-8", Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), (call.ContentType, call.Timestamp));
            Assert.Equal((call.Id, Business.Id), (call.Body.GetProperty("id").GetString(), call.Body.GetProperty("businessId").GetGuid()));
        });
        Assert.Equal(Receiver.Calls.Count, Receiver.Calls.DistinctBy(c => c.Id).Count());
        await SameAsync(program, $"messages/{message}", Receiver.Of("message.created").Single(c => c.Data.GetProperty("id").GetGuid() == message));
        await SameAsync(program, $"customers/{customerId}", Receiver.Of("customer.updated").Single());
        await SameAsync(program, $"conversations/{conversationId}", Receiver.Of("conversation.updated").Single(c => c.Text.Contains("Maya H.")));
        var notes = (await program.GetAsync($"conversations/{conversationId}/notes")).Items;
        Assert.Equal(Assert.Single(notes).GetRawText(), Receiver.Of("note.created").Single().Data.GetRawText());
        Assert.Equal(note, notes[0].GetProperty("id").GetGuid());
        Assert.Equal(admin.EmployeeId, Receiver.Of("conversation.assigned").Single().Data.GetProperty("assigneeId").GetGuid());
    }

    [Fact]
    public async Task A_status_is_told_and_what_the_API_does_not_show_is_not()
    {
        var conversationId = await ReceiveAsync();
        await using var admin = Admin();
        var message = await admin.Get<Sender>().SendTextAsync(conversationId, "hi", Guid.NewGuid(), Cancellation);
        var (id, _) = await SubscribeAsync(events: [WebhookEventType.MessageUpdated, WebhookEventType.ConversationUpdated]);
        await admin.TakeInAsync([new StatusUpdate("wamid.1", "sent", Clock.GetUtcNow(), message, null, null)]);
        await admin.TakeInAsync([new StatusUpdate("wamid.1", "sent", Clock.GetUtcNow(), message, null, null)]);
        await admin.TakeInAsync([new StatusUpdate("wamid.1", "delivered", Clock.GetUtcNow(), message, null, null)]);

        await Eventually.TrueAsync(() => Receiver.Calls.Count == 2);
        Assert.Equal(["sent", "delivered"], Receiver.Calls.OrderBy(c => c.Id).Select(c => c.Data.GetProperty("status").GetString()));
        Assert.All(await DeliveriesAsync(id), d => Assert.Equal(WebhookEventType.MessageUpdated, d.Event));
    }

    [Fact]
    public async Task Nobody_hears_what_they_did_not_ask_for()
    {
        await SubscribeAsync(events: WebhookEventType.MessageCreated);
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        await ReceiveAsync("of the other business", other);
        var conversationId = await ReceiveAsync("told");
        await using var admin = Admin();
        await admin.Get<Notes>().AddAsync(conversationId, "between us", Guid.NewGuid(), Cancellation);
        await ReceiveAsync("told too");
        await Eventually.TrueAsync(() => Receiver.Calls.Count == 2);
        Assert.Equal(["told", "told too"], Receiver.Calls.Select(c => c.Data.GetProperty("body").GetString()).Order());
        Assert.Equal(2, await CountAsync("outgoing_webhook_deliveries"));
    }

    [Fact]
    public async Task What_is_rolled_back_is_told_to_nobody()
    {
        var (id, _) = await SubscribeAsync();
        await using var admin = Admin();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => admin.Get<LiveTransaction>().RunAsync(async (db, live, ct) =>
        {
            db.Add(new Customer { WaId = "96170999999", CreatedAt = Clock.GetUtcNow() });
            await db.SaveChangesAsync(ct);
            live.Business();
            throw new InvalidTimeZoneException();
        }, Cancellation));
        Assert.Empty(await DeliveriesAsync(id));
        Assert.Equal(0, await CountAsync("outbox"));
    }

    [Fact]
    public async Task Of_a_merge_the_one_that_goes_on_is_told()
    {
        var number = "96170123123";
        await using var admin = Admin();
        var gone = await admin.ReceiveAsync(new CustomerIdentity(null, "LB.1"), "by id", Clock.GetUtcNow());
        var kept = await admin.ReceiveAsync(new CustomerIdentity(number, null), "by number", Clock.GetUtcNow());
        var (id, _) = await SubscribeAsync(events: [WebhookEventType.ConversationUpdated, WebhookEventType.ConversationCreated]);
        var now = await admin.ReceiveAsync(new CustomerIdentity(number, "LB.1"), "both", Clock.GetUtcNow());
        await Eventually.TrueAsync(() => !Receiver.Calls.IsEmpty);
        Assert.Equal([now], (await Task.WhenAll(Receiver.Calls.Select(c => Task.FromResult(c.Data.GetProperty("id").GetGuid())))).Distinct());
        Assert.Contains(now, new[] { gone, kept });
        Assert.Single(await DeliveriesAsync(id));
    }

    [Fact]
    public async Task While_it_is_paused_nothing_is_told_and_a_suspended_business_is_told_as_ever()
    {
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await using var admin = Admin();
        var content = new WebhookContent(Receiver.Address, [WebhookEventType.MessageCreated]);
        await admin.Get<OutgoingWebhooks>().UpdateAsync(id, content with { IsActive = false }, Cancellation);
        await ReceiveAsync("not told");
        await admin.Get<OutgoingWebhooks>().UpdateAsync(id, content, Cancellation);
        await Inbox.Database.ExecuteAsync("update businesses set status = 'suspended', suspended_at = now(), suspended_reason = 'unpaid' where id = $1", Business.Id);
        await ReceiveAsync("told");
        await Eventually.TrueAsync(() => !Receiver.Calls.IsEmpty);
        Assert.Equal("told", Assert.Single(Receiver.Calls).Data.GetProperty("body").GetString());
    }

    [Fact]
    public async Task One_that_is_deleted_while_customers_write_costs_no_message()
    {
        var number = Samia.Tests.WhatsApp.Bodies.NewNumber();
        for (var round = 0; round < 5; round++)
        {
            var (id, _) = await SubscribeAsync();
            await using var admin = Admin();
            await Task.WhenAll(
                Task.WhenAll(Enumerable.Range(0, 8).Select(i => ReceiveAsync($"{round} {i}", number: number + i))),
                admin.Get<OutgoingWebhooks>().DeleteAsync(id, Cancellation));
            Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from outbox where lane = $1", id));
        }

        Assert.Equal(40, await Inbox.Database.ScalarAsync<long>("select count(*) from messages where business_id = $1", Business.Id));
    }

    [Fact]
    public async Task Whoever_asked_for_nothing_of_it_waits_for_no_statement_more_and_others_for_one()
    {
        var conversationId = await ReceiveAsync();
        await using var admin = Admin();
        await SendAsync("the first reads what later ones know");
        var without = await SendAsync("to nobody");
        Assert.NotEqual(0, without);
        await SubscribeAsync(events: WebhookEventType.CustomerUpdated);
        Assert.Equal(without, await SendAsync("to nobody who cares"));
        await SubscribeAsync(events: WebhookEventType.MessageCreated);
        Assert.Equal(without + 1, await SendAsync("to one"));

        async Task<int> SendAsync(string text)
        {
            using var statements = new StatementCount();
            await admin.Get<Sender>().SendTextAsync(conversationId, text, Guid.NewGuid(), Cancellation);
            return statements.Count;
        }
    }

    private static async Task SameAsync(ApiProgram program, string path, ReceivedCall call) =>
        Assert.Equal(Sorted((await program.GetAsync(path)).Json), Sorted(call.Data));

    private static string Sorted(JsonElement json) => JsonSerializer.Serialize(
        json.EnumerateObject().OrderBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value));
}
