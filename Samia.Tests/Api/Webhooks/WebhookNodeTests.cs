using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>Calls of several nodes, and of one that died. Each test has nodes of its own.</summary>
public sealed class WebhookNodeTests : WebhookTests
{
    private readonly CallingInbox _calling;

    public WebhookNodeTests(TestServers servers) : this(new CallingInbox(servers))
    {
    }

    private WebhookNodeTests(CallingInbox calling) : base(calling) => _calling = calling;

    public override async ValueTask InitializeAsync()
    {
        await _calling.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _calling.DisposeAsync();
    }

    [Fact]
    public async Task Two_nodes_share_the_calls_and_make_each_once()
    {
        await using var second = await _calling.StartNodeAsync();
        var (id, _) = await SubscribeAsync(events: WebhookEventType.MessageCreated);
        var number = Samia.Tests.WhatsApp.Bodies.NewNumber();
        await ReceiveAsync("first", number: number);
        await Task.WhenAll(Enumerable.Range(1, 39).Select(i => ReceiveAsync($"{i}", number: number)));
        await Eventually.TrueAsync(async () => (await DeliveriesAsync(id, WebhookDeliveryState.Delivered)).Count == 40);
        Assert.Equal(40, Receiver.Calls.Count);
        Assert.Equal(40, Receiver.Calls.Select(c => c.Data.GetProperty("body").GetString()).Distinct().Count());
        Assert.Equal(0, await CountAsync("outbox"));
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
        await using var second = await _calling.StartNodeAsync();
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
