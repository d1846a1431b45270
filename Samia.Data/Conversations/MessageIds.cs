using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Samia.Data;

/// <summary>
/// Makes UUIDv7 ids that order a thread: first by the time a message was sent, then, as WhatsApp tells time in whole
/// seconds, by the order in which this process saw it. The bits after the milliseconds hold the arrival in
/// microseconds (RFC 9562, section 6.2, method 3), so two messages of one second keep their order.
/// </summary>
public static class MessageIds
{
    private static long lastArrival;

    /// <param name="sentAt">When the message was sent.</param>
    /// <param name="arrivedAt">When this process saw it.</param>
    public static Guid Next(DateTimeOffset sentAt, DateTimeOffset arrivedAt)
    {
        var arrival = NextArrival((arrivedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[13..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, sentAt.ToUnixTimeMilliseconds() << 16);
        // 51 bits of microseconds reach the year 2041 and wrap then: 12 bits in rand_a, 39 at the top of rand_b.
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | ((arrival >> 39) & 0x0FFF)));
        var low = (ulong)arrival & 0x7F_FFFF_FFFF;
        bytes[8] = (byte)(0x80 | (low >> 33));
        bytes[9] = (byte)(low >> 25);
        bytes[10] = (byte)(low >> 17);
        bytes[11] = (byte)(low >> 9);
        bytes[12] = (byte)(low >> 1);
        bytes[13] = (byte)((low << 7) | (bytes[13] & 0x7Fu));
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
