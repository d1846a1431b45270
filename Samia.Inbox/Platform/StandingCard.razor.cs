using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>Suspends, restores and closes one business. A refusal leaves what was typed.</summary>
public sealed partial class StandingCard
{
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

    private Task SuspendAsync() => ChangeAsync(async () =>
    {
        await Changes.SuspendAsync(Business.Row.Id, _reason, Gone);
        _reason = "";
    });

    private Task RestoreAsync() => ChangeAsync(() => Changes.RestoreAsync(Business.Row.Id, Gone));

    private async Task CloseAsync()
    {
        if (await Confirmation.AskAsync(L["Close {0}?", Business.Row.Name],
                L["All its people are signed out at once. Until it is deleted you can restore it."], L["Close"]))
        {
            await ChangeAsync(async () =>
            {
                await Changes.CloseAsync(Business.Row.Id, _closeReason, Gone);
                _closeReason = "";
            });
        }
    }

    private Task ChangeAsync(Func<Task> change) => TryAsync(async () =>
    {
        await change();
        await OnChanged.InvokeAsync();
    });
}
