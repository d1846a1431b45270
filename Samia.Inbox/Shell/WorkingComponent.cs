using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>
/// A component that has services do things, one at a time, for as long as somebody looks at it. What is refused is said,
/// and what was typed stays.
/// </summary>
public abstract class WorkingComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected WorkingComponent() => Gone = _gone.Token;

    /// <summary>Ends with the component.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Whether something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Why the last thing was not done, for people; null if it was.</summary>
    protected string? Problem { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await LeaveAsync();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what the component began besides.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;

    /// <summary>Does it unless the component has gone. What ends because it goes is nobody's loss.</summary>
    protected async Task WhileHereAsync(Func<Task> work)
    {
        if (Gone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await work();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    /// <summary>Does it, and notes the sentence if it is refused. What is no refusal is the error boundary's.</summary>
    protected async Task TryAsync(Func<Task> work)
    {
        (IsBusy, Problem) = (true, null);
        try
        {
            await WhileHereAsync(work);
        }
        catch (Exception refused) when (refused is RefusedException or ArgumentException { ParamName: null })
        {
            Problem = refused.Message;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
