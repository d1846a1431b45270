using System.Text;
using Microsoft.AspNetCore.Http;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>How calls are made: again if they fail, once if they do not, and none waiting for another's address.</summary>
public sealed class WebhookDispatchTests(CallingInbox calling) : WebhookTests(calling), IClassFixture<CallingInbox>
{
    [Fact]
    public async Task What_fails_is_tried_again_ever_later_under_the_same_id_until_it_arrives()
    {
        Receiver.Answer = async (_, http) =>
        {
            http.Response.StatusCode = Receiver.Calls.Count < 4 ? 503 : 200;
            await http.Response.WriteAsync(Receiver.Calls.Count < 4 ? "later\0" : "thank you");
        };
        var (id, secret) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var nominal = 10 * Math.Pow(3, attempt - 1);
            Assert.InRange((await FailAsync(id, attempt)).TotalSeconds, nominal * 0.74, nominal * 1.26);
        }

        var delivered = await BecomesAsync(id, d => d.State == WebhookDeliveryState.Delivered, "it arrived");
        Assert.Equal((4, 200, null, (DateTimeOffset?)null), (delivered.Attempts, delivered.ResponseStatus, delivered.Error, delivered.NextAttemptAt));
        Assert.Equal(4, Receiver.Calls.Count);
        Assert.Equal(delivered.Id.ToString(), Assert.Single(Receiver.Calls.Select(c => c.Id).Distinct()));
        Assert.Equal(4, Receiver.Calls.Select(c => c.Timestamp).Distinct().Count());
        Assert.All(Receiver.Calls, c => Assert.True(c.IsSignedBy(secret)));
        Assert.Equal(0, (await WebhookAsync(id)).FailuresInARow);
    }

    [Fact]
    public async Task After_some_that_did_not_arrive_the_webhook_is_stopped_its_admins_are_told_and_resumed_it_goes_on()
    {
        Receiver.Answer = (_, http) => Task.FromResult(http.Response.StatusCode = 500);
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        foreach (var number in new[] { 1, 2 })
        {
            Assert.True((await WebhookAsync(id)).IsActive);
            await ReceiveAsync("of no use " + number);
            await Eventually.TrueAsync(async () =>
            {
                Clock.Advance(TimeSpan.FromMinutes(number == 1 ? 1 : 5));
                return (await WebhookAsync(id)).FailuresInARow == number;
            });
        }

        var stopped = await WebhookAsync(id);
        Assert.Equal((false, WebhookStops.Failing), (stopped.IsActive, stopped.StoppedReason));
        Assert.All(await DeliveriesAsync(id), d => Assert.Equal((WebhookDeliveryState.Failed, 4, 500), (d.State, d.Attempts, d.ResponseStatus)));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>("select count(*) from admin_notifications where business_id = $1 and kind = 'outgoing_webhook.stopped' and details ->> 'webhookId' = $2", Business.Id, id.ToString()));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>("select count(*) from activity_logs where action = 'outgoing_webhook.stopped' and subject_id = $1", id));

        Receiver.Answer = (_, _) => Task.CompletedTask;
        await using var admin = Admin();
        await Assert.ThrowsAsync<ArgumentException>(() => admin.Get<WebhookDeliveries>().SendTestAsync(id, Cancellation));
        await admin.Get<OutgoingWebhooks>().UpdateAsync(id, new(Receiver.Address, [WebhookEventType.MessageCreated]), Cancellation);
        Assert.Equal((true, null, 0), ((await WebhookAsync(id)).IsActive, (await WebhookAsync(id)).StoppedReason, (await WebhookAsync(id)).FailuresInARow));
        var failed = (await DeliveriesAsync(id, WebhookDeliveryState.Failed))[0];
        Assert.True(await admin.Get<WebhookDeliveries>().SendAgainAsync(failed.Id, Cancellation));
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id, WebhookDeliveryState.Delivered)).Count == 1);
        Assert.Equal(failed.Id.ToString(), Receiver.Calls.Last().Id);
    }

    [Fact]
    public async Task An_address_that_is_gone_is_not_called_again()
    {
        Receiver.Answer = (_, http) => Task.FromResult(http.Response.StatusCode = 410);
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        var failed = await BecomesAsync(id, d => d.State == WebhookDeliveryState.Failed, "it failed");
        Assert.Equal((1, 410, (DateTimeOffset?)null), (failed.Attempts, failed.ResponseStatus, failed.NextAttemptAt));
        Assert.Equal((false, WebhookStops.Gone), ((await WebhookAsync(id)).IsActive, (await WebhookAsync(id)).StoppedReason));
        await ReceiveAsync("nobody listens");
        Assert.Single(await DeliveriesAsync(id));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_long_answer_is_cut()
    {
        Receiver.Answer = async (call, http) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = "/elsewhere";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(new string('x', 1_000_000)), http.RequestAborted);
        };
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        var failed = await BecomesAsync(id, d => d.Attempts == 1, "it failed");
        Assert.Equal((WebhookDeliveryState.Pending, 307), (failed.State, failed.ResponseStatus));
        Assert.Equal("/hook", Assert.Single(Receiver.Calls).Path);
        await using var admin = Admin();
        Assert.Equal(WebhookCaller.KeptBytes, (await admin.Get<WebhookDeliveries>().FindAsync(failed.Id, Cancellation))!.ResponseBody!.Length);
    }

    [Fact]
    public async Task An_address_that_hangs_holds_up_nobody_else()
    {
        var (hanging, most) = (0, 0);
        Receiver.Answer = async (call, http) =>
        {
            if (call.Path != "/hook")
            {
                most = Math.Max(most, Interlocked.Increment(ref hanging));
                await Receiver.NeverAsync(http);
                Interlocked.Decrement(ref hanging);
            }
        };
        var (slow, _) = await SubscribeAsync(url: Receiver.Address + "/slow", events: WebhookEventType.MessageCreated);
        var number = Samia.Tests.WhatsApp.Bodies.NewNumber();
        foreach (var i in Enumerable.Range(0, 10))
        {
            await ReceiveAsync($"{i}", number: number);
        }

        await Eventually.TrueAsync(() => Receiver.Calls.Count >= 4);
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        await SubscribeAsync(other, events: WebhookEventType.MessageCreated);
        await ReceiveAsync("quick", other);
        await Eventually.TrueAsync(() => Receiver.Calls.Any(c => c.Path == "/hook"));
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(slow)).All(d => d is { Attempts: 1, Error: "timed_out", State: WebhookDeliveryState.Pending }));
        Assert.All(await DeliveriesAsync(slow), d => Assert.InRange(d.TookMilliseconds!.Value, 950, 20_000));
        // What this side has given up, the other may see a moment later.
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_so()
    {
        var (id, _) = await SubscribeAsync(url: "http://127.0.0.1:1/", events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        Assert.Equal("not_connected", (await BecomesAsync(id, d => d.Attempts == 1, "it failed")).Error);
    }
}
