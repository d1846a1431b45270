using System.Threading.Channels;

namespace Samia.Inbox.Mail;

/// <summary>Tells this node's dispatcher that a mail was queued, so that it need not wait for its next look.</summary>
public sealed class MailSignal
{
    private readonly Channel<bool> _arrivals =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<bool> Arrivals => _arrivals.Reader;

    /// <summary>Costs nothing and never fails; says it once too often rather than too seldom.</summary>
    public void Arrived() => _arrivals.Writer.TryWrite(true);
}
