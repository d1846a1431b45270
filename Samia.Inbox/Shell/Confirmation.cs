using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>Asks before something that cannot be undone.</summary>
public sealed class Confirmation(IDialogService dialogs)
{
    /// <param name="question">Such as "Deactivate Layal Saab?".</param>
    /// <param name="consequence">What will happen.</param>
    /// <param name="action">The words of the button that does it, such as "Deactivate".</param>
    /// <returns>Whether the person said yes.</returns>
    public async Task<bool> AskAsync(string question, string consequence, string action)
    {
        var dialog = await dialogs.ShowAsync<ConfirmationDialog>(question, new DialogParameters<ConfirmationDialog>
        {
            { d => d.Consequence, consequence },
            { d => d.Action, action },
        });
        return await dialog.Result is { Canceled: false };
    }
}
