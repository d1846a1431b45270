using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Businesses;

/// <summary>A secret that can be written and replaced but never read: only its last characters are shown.</summary>
public sealed partial class SecretField
{
    private static readonly Dictionary<string, object?> Attributes = new() { ["autocomplete"] = "off", ["dir"] = "ltr" };
    private bool _replacing;
    private string? _shownFor;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Help { get; set; }

    /// <summary>The end of the stored secret; null if none is stored.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    // Once a new one is stored, its end is shown again.
    protected override void OnParametersSet()
    {
        if (_shownFor != Hint || string.IsNullOrEmpty(Value))
        {
            _replacing = _replacing && _shownFor == Hint;
            _shownFor = Hint;
        }
    }

    private void Replace() => _replacing = true;
}
