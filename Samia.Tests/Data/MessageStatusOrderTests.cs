using Samia.Data;

namespace Samia.Tests.Data;

public sealed class MessageStatusOrderTests
{
    [Theory]
    [InlineData(MessageStatus.Queued, MessageStatus.Sent, true)]
    [InlineData(MessageStatus.Sent, MessageStatus.Delivered, true)]
    [InlineData(MessageStatus.Sent, MessageStatus.Read, true)]
    [InlineData(MessageStatus.Sent, MessageStatus.Failed, true)]
    [InlineData(MessageStatus.Failed, MessageStatus.Delivered, true)]
    [InlineData(MessageStatus.Read, MessageStatus.Played, true)]
    [InlineData(MessageStatus.Read, MessageStatus.Delivered, false)]
    [InlineData(MessageStatus.Delivered, MessageStatus.Sent, false)]
    [InlineData(MessageStatus.Delivered, MessageStatus.Failed, false)]
    [InlineData(MessageStatus.Failed, MessageStatus.Sent, false)]
    [InlineData(MessageStatus.Sent, MessageStatus.Sent, false)]
    public void A_status_never_moves_a_message_backwards(MessageStatus from, MessageStatus to, bool may) =>
        Assert.Equal(may, from.MayBecome(to));

    [Theory]
    [MemberData(nameof(All))]
    public void A_received_message_has_no_status_to_move(MessageStatus other)
    {
        Assert.False(MessageStatus.Received.MayBecome(other));
        Assert.False(other.MayBecome(MessageStatus.Received));
    }

    public static TheoryData<MessageStatus> All => [.. Enum.GetValues<MessageStatus>()];
}
