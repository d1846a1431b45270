namespace Samia.Inbox.Conversations;

/// <summary>Has what a screen does done one after another.</summary>
internal sealed class OneAtATime : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            End();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void End()
    {
        try
        {
            _turn.Release();
        }
        catch (ObjectDisposedException)
        {
            // The screen went meanwhile, and nobody waits.
        }
    }
}
