namespace Samia.Tests.Platform;

/// <summary>Takes what is written, and lets a test do something at each write.</summary>
internal sealed class StreamThatCallsBack(Func<Task> written) : MemoryStream
{
    public override bool CanSeek => false;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await written();
        await base.WriteAsync(buffer, cancellationToken);
    }
}
