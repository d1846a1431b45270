using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Samia.Data;

/// <summary>
/// Makes UUIDv7 ids that order a thread: first by the time a message was sent, then, as WhatsApp tells time in whole
/// seconds, by the order in which it arrived. The bits after the milliseconds hold the arrival in microseconds
/// (RFC 9562, section 6.2, method 3), so two messages of one second keep their order.
/// </summary>
public static class MessageIds
{
    /// <summary>The bits below the arrival. The upper ten of them number the messages of one body, the others are random.</summary>
    private const int TailBits = 23;
    private const int PlaceBits = 10;
    private const int MostPlaces = (1 << 19) - 1;
    private static long lastArrival;

    /// <param name="sentAt">When the message was sent.</param>
    /// <param name="arrivedAt">When this process saw it; two calls never share an arrival.</param>
    public static Guid Next(DateTimeOffset sentAt, DateTimeOffset arrivedAt)
    {
        var arrival = NextArrival((arrivedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return Build(sentAt, arrival, RandomNumberGenerator.GetInt32(1 << TailBits));
    }

    /// <summary>
    /// The id of a message that came in a journaled body: it arrived when the body did, whenever it is processed.
    /// </summary>
    /// <param name="sentAt">When the message was sent.</param>
    /// <param name="journalId">The body's id, made by <see cref="Next"/>.</param>
    /// <param name="place">The message's place in the body; counts from 0, and beyond 1023 it stays there.</param>
    public static Guid Within(DateTimeOffset sentAt, Guid journalId, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        journalId.TryWriteBytes(bytes, bigEndian: true, out _);
        var upper = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFFL;
        var lower = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) << 2 >> 2);
        var tail = Math.Min(place, (1 << PlaceBits) - 1) << (TailBits - PlaceBits);
        return Build(sentAt, (upper << 39) | (lower >> TailBits),
            tail | RandomNumberGenerator.GetInt32(1 << (TailBits - PlaceBits)));
    }

    /// <summary>
    /// The id of what another system kept, the same whenever it is made. What was sent in one millisecond keeps its
    /// place, and goes before whatever arrives here.
    /// </summary>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="place">Its place among its own; counts from 0, and beyond 524287 it stays there.</param>
    /// <param name="fingerprint">A hash that no other row has, of which 54 bits are taken; at least 8 bytes.</param>
    public static Guid Kept(DateTimeOffset sentAt, int place, ReadOnlySpan<byte> fingerprint)
    {
        var bits = BinaryPrimitives.ReadUInt64BigEndian(fingerprint);
        return Build(sentAt, ((long)Math.Min(place, MostPlaces) << 31) | (long)(bits >> 33), (int)(bits & ((1 << TailBits) - 1)));
    }

    /// <summary>Below every id of a message that was sent then or later, and above every other: bounds a range of ids.</summary>
    public static Guid Floor(DateTimeOffset sentAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, sentAt.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    // 51 bits of microseconds reach the year 2041 and wrap then: 12 bits in rand_a, 39 at the top of rand_b.
    private static Guid Build(DateTimeOffset sentAt, long arrival, int tail)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sentAt.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | ((arrival >> 39) & 0x0FFF)));
        var lower = (arrival & 0x7F_FFFF_FFFF) << TailBits;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (ulong)(lower | (uint)tail));
        return new Guid(bytes, bigEndian: true);
    }

    private static long NextArrival(long now)
    {
        long seen, next;
        do
        {
            seen = Interlocked.Read(ref lastArrival);
            next = Math.Max(now, seen + 1);
        }
        while (Interlocked.CompareExchange(ref lastArrival, next, seen) != seen);
        return next;
    }
}
