using System.Buffers.Binary;
using System.Buffers.Text;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.Api;

/// <summary>A place in a list as programs hand it back: the keys of the last row, which nobody has to understand.</summary>
internal static class PageCursor
{
    private const int IdLength = 16;
    private const int TimeLength = 8;

    public static string Of(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    public static string Of(ConversationCursor place)
    {
        var bytes = new byte[TimeLength + IdLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.LastActivityAt.UtcTicks);
        place.Id.TryWriteBytes(bytes.AsSpan(TimeLength), bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Of(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="ApiException">It is no cursor of this list.</exception>
    public static int? Number(string? cursor) =>
        cursor is null ? null : BinaryPrimitives.ReadInt32BigEndian(Bytes(cursor, sizeof(int)));

    /// <exception cref="ApiException">It is no cursor of this list.</exception>
    public static Guid? Id(string? cursor) => cursor is null ? null : new Guid(Bytes(cursor, IdLength), bigEndian: true);

    /// <exception cref="ApiException">It is no cursor of this list.</exception>
    public static ConversationCursor? Place(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var bytes = Bytes(cursor, TimeLength + IdLength);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new ConversationCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.AsSpan(TimeLength), bigEndian: true))
            : throw Wrong();
    }

    private static byte[] Bytes(string cursor, int length)
    {
        var bytes = new byte[length];
        return Base64Url.IsValid(cursor, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            ? bytes
            : throw Wrong();
    }

    private static ApiException Wrong() => new(ApiProblems.Of(StatusCodes.Status400BadRequest, "cursor_invalid",
        "This is no cursor of this list. Follow `next` of the page before as it is.",
        new Dictionary<string, string[]> { ["cursor"] = ["It is no cursor of this list."] }));
}
