using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>Suspends, restores and closes one business. A refusal leaves what was typed.</summary>
public sealed partial class StandingCard : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _problem;
    private bool _busy;
    private string _reason = "";
    private string _closeReason = "";

    [Parameter, EditorRequired]
    public required BusinessOverview Business { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required BusinessChanges Changes { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task SuspendAsync() => TryAsync(async () =>
    {
        await Changes.SuspendAsync(Business.Row.Id, _reason, _gone.Token);
        _reason = "";
    });

    private Task RestoreAsync() => TryAsync(() => Changes.RestoreAsync(Business.Row.Id, _gone.Token));

    private async Task CloseAsync()
    {
        if (await Confirmation.AskAsync(L["Close {0}?", Business.Row.Name],
                L["All its people are signed out at once. Until it is deleted you can restore it."], L["Close"]))
        {
            await TryAsync(async () =>
            {
                await Changes.CloseAsync(Business.Row.Id, _closeReason, _gone.Token);
                _closeReason = "";
            });
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
            await OnChanged.InvokeAsync();
        }
        catch (Exception refused) when (refused is PlatformException or NotPlatformException)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
