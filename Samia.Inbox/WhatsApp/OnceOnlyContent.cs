using System.Net;
using System.Net.Http.Headers;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// JSON that leaves this machine at most once, whatever a handler may try, and knows whether it did: until it has
/// begun to leave, WhatsApp cannot have acted on it.
/// </summary>
internal sealed class OnceOnlyContent : HttpContent
{
    private readonly byte[] _json;
    private int _left;

    public OnceOnlyContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool HasLeft => Volatile.Read(ref _left) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
        {
            throw new IOException("A request that must not be repeated was about to be sent a second time.");
        }

        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
