namespace Samia.Inbox.Conversations;

/// <summary>
/// Lets the work of one circuit through one piece after another, in the order in which it was asked for: an update may
/// arrive while what it concerns is still being read. Called on the circuit's thread only.
/// </summary>
internal sealed class OneAtATime
{
    private Task _last = Task.CompletedTask;

    /// <summary>Does it once all before has ended, however it ended.</summary>
    /// <exception cref="OperationCanceledException">Its turn came after it was cancelled.</exception>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) =>
        _last = AfterAsync(_last, work, cancellationToken);

    private static async Task AfterAsync(Task before, Func<Task> work, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        await work();
    }
}
