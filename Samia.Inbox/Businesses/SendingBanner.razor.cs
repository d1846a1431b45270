using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Businesses;

/// <summary>Tells everybody in the inbox that what they send does not go out now, and lets an admin resume it.</summary>
public sealed partial class SendingBanner
{
    [Parameter, EditorRequired]
    public required SendingStatus Status { get; set; }

    [Inject]
    public required SendingState Sending { get; init; }

    [Inject]
    public required ErrorSentences Errors { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private string? Reason => Status.PausedReason is { } stored ? Errors.Say(stored) : null;

    private async Task ResumeAsync()
    {
        try
        {
            await Sending.ResumeAsync(CancellationToken.None);
        }
        catch (NotPermittedException refused)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
    }
}
