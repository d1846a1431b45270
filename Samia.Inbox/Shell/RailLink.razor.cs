using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Samia.Inbox.Shell;

/// <summary>The way to a part of Samia. It is lit wherever one is within that part.</summary>
public sealed partial class RailLink : IDisposable
{
    [Parameter, EditorRequired]
    public required string Href { get; set; }

    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Whether an address belongs to the part: without its first slash and its query.</summary>
    [Parameter, EditorRequired]
    public required Func<string, bool> Covers { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsHere => Covers(Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0]);

    public void Dispose() => Navigation.LocationChanged -= ShowWhere;

    protected override void OnInitialized() => Navigation.LocationChanged += ShowWhere;

    private void ShowWhere(object? sender, LocationChangedEventArgs change) => StateHasChanged();
}
