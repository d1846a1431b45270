namespace Samia.Tests.EndToEnd;

/// <summary>
/// The program was ended. It is there again when the test says so, or when the test has ended, however it ended: those
/// after it need it.
/// </summary>
public sealed class Outage(Func<Task> startAgain) : IAsyncDisposable
{
    private bool _over;

    /// <summary>Starts the program again at the same address, and waits until it serves.</summary>
    public Task EndAsync()
    {
        _over = true;
        return startAgain();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_over)
        {
            await EndAsync();
        }
    }
}
