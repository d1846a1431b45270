using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Offers the other language, in its own words. It works without a circuit, as on the sign-in page.</summary>
public sealed partial class LanguageSwitch
{
    /// <summary>Of the button.</summary>
    [Parameter]
    public string? Class { get; set; }
}
