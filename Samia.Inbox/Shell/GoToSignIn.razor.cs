using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Sends somebody whose sign-in ended, in the middle of a circuit, to the sign-in page and back afterwards.</summary>
public sealed partial class GoToSignIn
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Navigation.NavigateTo(
        "/sign-in?returnUrl=" + Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri)), forceLoad: true);
}
