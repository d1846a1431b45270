using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>How calls are made: again if they fail, once if they do not, and none waiting for another's address.</summary>
public sealed class WebhookDispatchTests(TestServers servers) : WebhookTests(servers)
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["OutgoingWebhooks:Timeout"] = "00:00:01", ["OutgoingWebhooks:MaxAttempts"] = "4", ["OutgoingWebhooks:StopAfter"] = "2",
    };

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

    [Fact]
    public async Task Two_nodes_share_the_calls_and_make_each_once()
    {
        await using var second = await StartNodeAsync();
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        var number = Samia.Tests.WhatsApp.Bodies.NewNumber();
        await ReceiveAsync("first", number: number);
        await Task.WhenAll(Enumerable.Range(1, 39).Select(i => ReceiveAsync($"{i}", number: number)));
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id, WebhookDeliveryState.Delivered)).Count == 40);
        Assert.Equal(40, Receiver.Calls.Count);
        Assert.Equal(40, Receiver.Calls.Select(c => c.Data.GetProperty("body").GetString()).Distinct().Count());
        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task What_a_dead_node_had_claimed_another_delivers()
    {
        await Inbox.StopAsync();
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await ReceiveAsync();
        var claims = Inbox.Get<WebhookClaims>();
        Assert.Single(await ClaimAsync(claims));
        Assert.Empty(await ClaimAsync(claims));
        await using var second = await StartNodeAsync();
        Clock.Advance(TimeSpan.FromMinutes(2));
        await BecomesAsync(id, d => d.State == WebhookDeliveryState.Delivered, "it arrived");
        Assert.Single(Receiver.Calls);
    }

    [Fact]
    public async Task A_long_queue_is_not_read_through_neither_by_its_own_calls_nor_by_those_of_WhatsApp()
    {
        await Inbox.StopAsync();
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        await Inbox.Database.ExecuteAsync("""
            insert into outbox (business_id, id, kind, lane, attempts, due_at)
            select $1, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'call_webhook', $2, 1, $3::timestamptz + i * interval '1 s'
            from generate_series(1, 50000) i
            """, Business.Id, id, Clock.GetUtcNow().AddSeconds(-10));
        await Inbox.Database.ExecuteAsync("analyze outbox");
        var webhooks = await PagesAsync(WebhookClaims.ClaimSql, 4);
        var whatsApp = await PagesAsync(Samia.Inbox.WhatsApp.OutboxClaims.ClaimSql, 16);
        Assert.True(webhooks < 200 && whatsApp < 200, $"{webhooks} and {whatsApp} pages");
    }

    private async Task<int> PagesAsync(string sql, int each)
    {
        await using var connection = new NpgsqlConnection(Inbox.Database.Platform);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("explain (analyze, buffers, format json) " + sql, connection);
        foreach (var value in (object[])[Array.Empty<Guid>(), Array.Empty<int>(), Clock.GetUtcNow(), each])
        {
            command.Parameters.Add(new() { Value = value });
        }

        command.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = 64 });
        command.Parameters.Add(new() { Value = Clock.GetUtcNow().AddMinutes(2) });
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt32() + root.GetProperty("Shared Read Blocks").GetInt32();
    }

    private Task<List<WebhookClaim>> ClaimAsync(WebhookClaims claims) => claims.ClaimAsync(null, new Dictionary<Guid, int>(), 4, 64,
        Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(1), Cancellation);
}
