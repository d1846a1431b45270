using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>How entries are taken: fairly between businesses, within bounds, and without reading a long queue through.</summary>
public sealed class OutboxClaimsTests(TestServers servers) : OutboundTests(servers)
{
    [Fact]
    public async Task A_long_queue_of_one_business_leaves_room_for_another()
    {
        var other = await WithQueuesAsync(100, 3);
        var claimed = await ClaimAsync(limit: 64, perBusiness: 16);
        Assert.Equal(16, claimed.Count(c => c.BusinessId == Business.Id));
        Assert.Equal(3, claimed.Count(c => c.BusinessId == other.Id));
        Assert.Equal(claimed.Count, claimed.DistinctBy(c => (c.BusinessId, c.Id)).Count());
    }

    [Fact]
    public async Task What_is_under_way_counts_against_the_business_and_what_is_claimed_is_not_claimed_again()
    {
        await WithQueuesAsync(100, 0);
        var first = await ClaimAsync(limit: 64, perBusiness: 16, busy: 10);
        Assert.Equal(6, first.Count);
        var second = await ClaimAsync(limit: 64, perBusiness: 16);
        Assert.Equal(16, second.Count);
        Assert.Empty(first.IntersectBy(second.Select(c => c.Id), c => c.Id));
        Assert.Empty(await ClaimAsync(limit: 64, perBusiness: 16, busy: 20));
    }

    [Fact]
    public async Task A_claim_that_ended_is_no_longer_its_nodes()
    {
        await WithQueuesAsync(1, 0);
        var claims = Inbox.Get<OutboxClaims>();
        var dead = Assert.Single(await ClaimAsync());
        Clock.Advance(TimeSpan.FromMinutes(3));
        var taken = Assert.Single(await ClaimAsync());
        Assert.Null(await claims.StartCallAsync(dead, Clock.GetUtcNow(), Cancellation));
        Assert.NotNull(await claims.StartCallAsync(taken, Clock.GetUtcNow(), Cancellation));
    }

    [Fact]
    public async Task Many_claimers_at_once_take_each_entry_once_and_one_per_lane()
    {
        await WithQueuesAsync(200, 0, lanes: 50);
        var all = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ClaimAsync(limit: 10, perBusiness: 10)))).SelectMany(c => c).ToList();
        Assert.Equal(all.Count, all.DistinctBy(c => (c.BusinessId, c.Id)).Count());
        var lanes = await Inbox.Database.ScalarAsync<long>("select max(n) from (select count(*) n from outbox where claimed_until is not null group by lane) l");
        Assert.Equal(1, lanes);
    }

    [Fact]
    public async Task A_claim_of_a_long_queue_is_quick()
    {
        await WithQueuesAsync(100_000, 0, lanes: 1_000);
        await Inbox.Database.ExecuteAsync("analyze outbox");
        await ClaimAsync(perBusiness: 1);
        var watch = Stopwatch.StartNew();
        Assert.Equal(16, (await ClaimAsync(perBusiness: 16)).Count);
        // Some milliseconds; a plan that joins the queue with itself, or is compiled, takes seconds.
        Assert.True(watch.Elapsed < TimeSpan.FromMilliseconds(500), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(10_000)]
    public async Task Taking_a_few_of_a_long_queue_reads_a_few_of_its_pages(int lanes)
    {
        await WithQueuesAsync(100_000, 0, lanes);
        await Inbox.Database.ExecuteAsync("analyze outbox");
        await using var connection = new NpgsqlConnection(Inbox.Database.Platform);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("explain (analyze, buffers, format json) " + OutboxClaims.ClaimSql, connection);
        object[] values = [Array.Empty<Guid>(), Array.Empty<int>(), Clock.GetUtcNow(), 16];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        command.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = 64 });
        command.Parameters.Add(new() { Value = Clock.GetUtcNow().AddMinutes(2) });
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        var pages = root.GetProperty("Shared Hit Blocks").GetInt32() + root.GetProperty("Shared Read Blocks").GetInt32();
        // The table alone has more, and a look at each lane's head costs three times as many.
        Assert.True(pages < 800, $"{pages} pages\n{plan.RootElement.GetRawText()}");
    }

    // The queues are written as the dispatcher finds them, and it is stopped, so that the test alone claims.
    private async Task<TestBusiness> WithQueuesAsync(int count, int others, int? lanes = null)
    {
        await Inbox.StopAsync();
        var other = await TestBusiness.CreateAsync(Inbox, "Other");
        foreach (var (business, entries) in new[] { (Business, count), (other, others) })
        {
            await Inbox.Database.ExecuteAsync($"""
                insert into outbox (business_id, id, kind, lane, payload, attempts, due_at)
                select $1, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'mark_read', md5((i % {lanes ?? count + 1})::text)::uuid, jsonb_build_object(), 0, $2
                from generate_series(1, {entries}) i
                """, business.Id, Clock.GetUtcNow().AddSeconds(-1));
        }

        return other;
    }

    private Task<List<OutboxClaim>> ClaimAsync(int limit = 64, int perBusiness = 64, int busy = 0) =>
        Inbox.Get<OutboxClaims>().ClaimAsync(null, new Dictionary<Guid, int> { [Business.Id] = busy }, perBusiness, limit,
            Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(2), Cancellation);
}
