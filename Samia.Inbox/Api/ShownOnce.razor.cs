using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Api;

/// <summary>Shows what nobody can be shown again, to be copied now.</summary>
public sealed partial class ShownOnce : WorkingComponent
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Explanation { get; set; }

    /// <summary>What is to be copied.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Names it for tests.</summary>
    [Parameter, EditorRequired]
    public required string TestId { get; set; }

    /// <summary>Beside the button.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    private async Task CopyAsync()
    {
        try
        {
            await Js.InvokeVoidAsync("navigator.clipboard.writeText", Gone, Text);
            Snackbar.Add(L["Copied."], Severity.Success);
        }
        catch (JSException)
        {
            // Browsers lend the clipboard to pages that came over HTTPS.
            Snackbar.Add(L["The browser does not let Samia copy. Select it and copy it by hand."], Severity.Warning);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }
}
