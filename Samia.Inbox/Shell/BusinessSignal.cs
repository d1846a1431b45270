using System.Threading.Channels;

namespace Samia.Inbox.Shell;

/// <summary>Tells a dispatcher of this node that a business has something to do, so that it need not wait for its next look.</summary>
public abstract class BusinessSignal
{
    private readonly Channel<Guid> _businesses = Channel.CreateUnbounded<Guid>(new() { SingleReader = true });

    /// <summary>In place of a business: look at all of them.</summary>
    internal static readonly Guid All = Guid.Empty;

    internal ChannelReader<Guid> Businesses => _businesses.Reader;

    /// <summary>Costs nothing and never fails; says it once too often rather than too seldom.</summary>
    public void Arrived(Guid businessId) => _businesses.Writer.TryWrite(businessId);
}
