using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Samia.Inbox.Shell;

/// <summary>The way to the inbox, which has more than one address: a list, and a conversation in it.</summary>
public sealed partial class InboxLink : IDisposable
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsInbox => Navigation.ToBaseRelativePath(Navigation.Uri) is var path
        && (path.Length == 0 || path[0] == '?' || path.StartsWith("conversations/", StringComparison.Ordinal));

    public void Dispose() => Navigation.LocationChanged -= ShowWhere;

    protected override void OnInitialized() => Navigation.LocationChanged += ShowWhere;

    private void ShowWhere(object? sender, LocationChangedEventArgs change) => StateHasChanged();
}
