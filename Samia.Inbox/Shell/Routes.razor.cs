using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Finds the page of an address, and asks whether it is open to who asks.</summary>
public sealed partial class Routes
{
    /// <summary>Of the request, which a circuit does not have.</summary>
    [Parameter, EditorRequired]
    public required Look Look { get; set; }
}
