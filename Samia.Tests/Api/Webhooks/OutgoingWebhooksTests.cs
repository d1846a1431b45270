using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Mail;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Api.Webhooks;

/// <summary>Who makes webhooks, what they see of them, and what is kept.</summary>
public sealed class OutgoingWebhooksTests(CallingInbox calling) : WebhookTests(calling), IClassFixture<CallingInbox>
{
    private readonly NotedLog _log = calling.Log;

    [Fact]
    public async Task A_secret_signs_until_it_is_replaced_and_stands_nowhere_in_the_clear()
    {
        var (id, secret) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync("one");
        await Eventually.TrueAsync(() => Receiver.Calls.Count == 1);
        await using var admin = Admin();
        var renewed = (await admin.Get<OutgoingWebhooks>().RotateSecretAsync(id, Cancellation))!;
        await ReceiveAsync("two");
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id, WebhookDeliveryState.Delivered)).Count == 2);
        Assert.Equal([(true, false), (false, true)], Receiver.Calls.Select(c => (c.IsSignedBy(secret), c.IsSignedBy(renewed.Secret))));

        // An address that cannot be called, for what is logged of that.
        await admin.Get<OutgoingWebhooks>().UpdateAsync(id, new("http://127.0.0.1:1/?key=canary", [WebhookEventType.MessageCreated]), Cancellation);
        await ReceiveAsync("three");
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id)).Any(d => d.Error is not null));
        foreach (var shown in new[] { secret, renewed.Secret })
        {
            var key = shown[WebhookSecret.Prefix.Length..];
            Assert.DoesNotContain(_log.Lines, l => l.Text.Contains(key) || l.Text.Contains("key=canary"));
            Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("""
                select count(*) from (select w::text row from outgoing_webhooks w union all select d::text from outgoing_webhook_deliveries d
                    union all select l::text from activity_logs l union all select o::text from outbox o) rows where position($1 in row) > 0
                """, key));
            Assert.DoesNotContain(key, shown == secret ? new ShownWebhookSecret(id, secret).ToString() : renewed.ToString());
        }
    }

    [Fact]
    public async Task What_somebody_may_not_see_they_cannot_have_sent_anywhere_nor_read_in_the_log()
    {
        var (id, _) = await SubscribeAsync(events: [WebhookEventType.MessageCreated, WebhookEventType.CustomerUpdated]);
        await ReceiveAsync("for few eyes");
        var delivery = await BecomesAsync(id, d => d.State == WebhookDeliveryState.Delivered, "it arrived");
        var actors = new PermissionActors(Inbox, Business);
        await using var some = await actors.EmployeeAsync(Permissions.ManageApi, Permissions.ViewCustomers, Permissions.ViewAssigned);
        var (webhooks, deliveries) = (some.ServiceProvider.GetRequiredService<OutgoingWebhooks>(), some.ServiceProvider.GetRequiredService<WebhookDeliveries>());
        foreach (var name in WebhookEventType.Catalogue.Where(e => e.Permission == Permissions.ViewConversations).Select(e => e.Name))
        {
            var refused = await Assert.ThrowsAsync<NotPermittedException>(() => webhooks.CreateAsync(new(Receiver.Address, [name]), Cancellation));
            Assert.Equal(Permissions.ViewConversations, refused.Permission);
        }

        // To another address it would carry the same.
        await Assert.ThrowsAsync<NotPermittedException>(() => webhooks.UpdateAsync(id, new(Receiver.Address + "/mine", [WebhookEventType.MessageCreated]), Cancellation));
        Assert.NotNull(await webhooks.CreateAsync(new(Receiver.Address, [WebhookEventType.CustomerUpdated]), Cancellation));
        Assert.Null((await deliveries.FindAsync(delivery.Id, Cancellation))!.Body);
        await using var admin = Admin();
        Assert.Contains("for few eyes", (await admin.Get<WebhookDeliveries>().FindAsync(delivery.Id, Cancellation))!.Body);
    }

    [Fact]
    public async Task Another_business_sees_and_changes_none_of_it()
    {
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        var delivery = await BecomesAsync(id, d => d.State == WebhookDeliveryState.Delivered, "it arrived");
        await using var other = Admin(await TestBusiness.CreateAsync(Inbox, "Other"));
        var (webhooks, deliveries) = (other.Get<OutgoingWebhooks>(), other.Get<WebhookDeliveries>());
        Assert.Empty(await webhooks.PageAsync(null, 10, Cancellation));
        Assert.Empty(await deliveries.PageAsync(id, null, null, 10, Cancellation));
        Assert.Null(await webhooks.FindAsync(id, Cancellation));
        Assert.Null(await webhooks.RotateSecretAsync(id, Cancellation));
        Assert.Null(await webhooks.UpdateAsync(id, new(Receiver.Address + "/mine", [WebhookEventType.MessageCreated]), Cancellation));
        Assert.False(await webhooks.DeleteAsync(id, Cancellation));
        Assert.Null(await deliveries.FindAsync(delivery.Id, Cancellation));
        Assert.False(await deliveries.SendAgainAsync(delivery.Id, Cancellation));
        Assert.Null(await deliveries.SendTestAsync(id, Cancellation));
        Assert.Single(Receiver.Calls);
    }

    [Fact]
    public async Task Every_change_is_in_the_activity_log()
    {
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await using var admin = Admin();
        var webhooks = admin.Get<OutgoingWebhooks>();
        var content = new WebhookContent(Receiver.Address + "/new", [WebhookEventType.NoteCreated], IsActive: false);
        await webhooks.UpdateAsync(id, content, Cancellation);
        await webhooks.UpdateAsync(id, content, Cancellation);
        await webhooks.RotateSecretAsync(id, Cancellation);
        await webhooks.DeleteAsync(id, Cancellation);
        var log = await admin.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == id).OrderBy(l => l.Id).ToListAsync(Cancellation));
        Assert.Equal(["outgoing_webhook.created", "outgoing_webhook.changed", "outgoing_webhook.secret_rotated", "outgoing_webhook.deleted"], log.Select(l => l.Action));
        Assert.All(log, l => Assert.Equal(admin.EmployeeId, l.EmployeeId));
        Assert.Contains("note.created", log[1].After);
    }

    [Fact]
    public async Task A_business_has_so_many_and_no_more()
    {
        for (var i = 0; i < OutgoingWebhooks.Max; i++)
        {
            await SubscribeAsync(events: WebhookEventType.NoteCreated);
        }

        await Assert.ThrowsAsync<ConflictException>(() => SubscribeAsync(events: WebhookEventType.NoteCreated));
        Assert.Contains("Choose at least one event", (await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync())).Message);
        Assert.Contains("message.eaten", (await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync("message.eaten"))).Message);

        async Task CreateAsync(params string[] events)
        {
            await using var admin = Admin();
            await admin.Get<OutgoingWebhooks>().CreateAsync(new(Receiver.Address, events), Cancellation);
        }
    }

    [Fact]
    public async Task A_delivery_is_kept_for_a_month_and_then_forgotten_whatever_became_of_it()
    {
        Receiver.Answer = (call, http) => Task.FromResult(http.Response.StatusCode = call.Text.Contains("arrives") ? 200 : 500);
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync("arrives");
        await ReceiveAsync("waits");
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id)).All(d => d.Attempts == 1));
        await using (var admin = Admin())
        {
            await admin.Get<OutgoingWebhooks>().UpdateAsync(id, new(Receiver.Address, [WebhookEventType.MessageCreated], IsActive: false), Cancellation);
        }

        Clock.AdjustTime(Clock.GetUtcNow().AddDays(29));
        Assert.Equal(2, (await DeliveriesAsync(id)).Count);
        await Eventually.TrueAsync(async () =>
        {
            Clock.Advance(TimeSpan.FromHours(2));
            return (await DeliveriesAsync(id)).Count == 0;
        });
        Assert.Equal(0, await CountAsync("outbox"));
    }
}
