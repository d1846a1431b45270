using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Samia.Inbox.Shell;

/// <summary>The document around every page.</summary>
public sealed partial class App
{
    // Not prerendered: a page would read everything twice, and only the circuit knows what is live.
    private static readonly IComponentRenderMode Interactive = new InteractiveServerRenderMode(prerender: false);

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    private Look Look => Themes.LookOf(HttpContext);

    // Signing in sets a cookie, which takes an HTTP response: such pages say [ExcludeFromInteractiveRouting].
    private IComponentRenderMode? PageRenderMode => HttpContext.AcceptsInteractiveRouting() ? Interactive : null;
}
