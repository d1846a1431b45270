using Samia.Data;

namespace Samia.Tests.Data;

public sealed class MessageIdsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_that_was_sent_earlier_comes_first_however_late_it_arrives()
    {
        var second = MessageIds.Next(Noon.AddSeconds(1), Noon.AddSeconds(2));
        var first = MessageIds.Next(Noon, Noon.AddHours(1));
        Assert.True(InBytes(first, second) < 0);
    }

    [Fact]
    public void Messages_of_one_second_keep_the_order_of_their_arrival()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => MessageIds.Next(Noon, Noon.AddSeconds(5))).ToList();
        Assert.Equal(ids, ids.OrderBy(i => i.ToString(), StringComparer.Ordinal));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_version_7_uuid_that_holds_the_time_of_sending()
    {
        var id = MessageIds.Next(Noon, Noon);
        Assert.Equal(7, id.Version);
        Assert.True(id.Variant is >= 8 and <= 11);
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void What_another_system_kept_has_the_same_id_each_time_and_goes_by_its_place_before_what_arrives()
    {
        byte[] Hash(int of) => System.Security.Cryptography.SHA256.HashData([(byte)of]);
        var kept = Enumerable.Range(0, 200).Select(i => MessageIds.Kept(Noon, i, Hash(i))).ToList();
        Assert.Equal(kept, Enumerable.Range(0, 200).Select(i => MessageIds.Kept(Noon, i, Hash(i))));
        Assert.Equal(kept, kept.OrderBy(i => i.ToString(), StringComparer.Ordinal));
        Assert.NotEqual(MessageIds.Kept(Noon, 1, Hash(1)), MessageIds.Kept(Noon, 1, Hash(2)));
        Assert.All(kept, id => Assert.True(id.Version == 7 && id.Variant is >= 8 and <= 11));
        Assert.True(InBytes(MessageIds.Kept(Noon, int.MaxValue, Hash(9)), MessageIds.Next(Noon, Noon)) < 0);
        Assert.True(InBytes(kept[0], MessageIds.Kept(Noon.AddMilliseconds(1), 0, Hash(0))) < 0);
    }

    [Fact]
    public void Ids_made_at_once_by_several_threads_differ()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        Parallel.For(0, 10_000, _ => ids.Add(MessageIds.Next(Noon, Noon)));
        Assert.Equal(10_000, ids.Distinct().Count());
    }

    [Fact]
    public void Messages_of_journaled_bodies_are_in_the_order_of_the_bodies_and_of_their_places_in_them()
    {
        var (first, second) = (MessageIds.Next(Noon, Noon), MessageIds.Next(Noon, Noon));
        // Processed in any order.
        Guid[] made =
        [
            MessageIds.Within(Noon, second, 0), MessageIds.Within(Noon, first, 999), MessageIds.Within(Noon, first, 1),
            MessageIds.Within(Noon, second, 5000), MessageIds.Within(Noon, first, 0), MessageIds.Within(Noon.AddSeconds(-1), second, 7),
        ];
        Guid[] expected = [made[5], made[4], made[2], made[1], made[0], made[3]];
        Assert.Equal(expected, made.Order(Comparer<Guid>.Create(InBytes)));
        Assert.All(made, id => Assert.Equal(7, id.Version));
        Assert.True(InBytes(made[3], MessageIds.Next(Noon, Noon)) < 0);
    }

    // As Postgres compares them.
    private static int InBytes(Guid one, Guid other) =>
        one.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(other.ToByteArray(bigEndian: true));
}
