using System.Threading.Channels;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Tells this node's dispatcher that a business has something to tell, so that it need not wait for its next look.</summary>
public sealed class WebhookCallSignal
{
    private readonly Channel<Guid> _businesses = Channel.CreateUnbounded<Guid>(new() { SingleReader = true });

    /// <summary>In place of a business: look at all of them.</summary>
    internal static readonly Guid All = Guid.Empty;

    internal ChannelReader<Guid> Businesses => _businesses.Reader;

    /// <summary>Costs nothing and never fails; says it once too often rather than too seldom.</summary>
    public void Arrived(Guid businessId) => _businesses.Writer.TryWrite(businessId);
}
