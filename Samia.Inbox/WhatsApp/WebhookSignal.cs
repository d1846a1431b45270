using System.Threading.Channels;
using Samia.Data;

namespace Samia.Inbox.WhatsApp;

/// <summary>Tells this node's processor that a business has new rows, so that they need not wait for its next look.</summary>
internal sealed class WebhookSignal
{
    private readonly Channel<Guid> _businesses = Channel.CreateUnbounded<Guid>();

    public ChannelReader<Guid> Businesses => _businesses.Reader;

    public void Arrived(Guid businessId)
    {
        if (businessId != WebhookLog.Unrouted)
        {
            _businesses.Writer.TryWrite(businessId);
        }
    }
}
