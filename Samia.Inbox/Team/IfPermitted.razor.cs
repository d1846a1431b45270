using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// Shows what only employees with a permission need to see. It guards nothing: services ask <see cref="PermissionChecker"/>
/// themselves.
/// </summary>
public sealed partial class IfPermitted : WorkingComponent
{
    private bool _permitted;
    private bool _asked;

    /// <summary>One of <see cref="Permissions"/>.</summary>
    [Parameter, EditorRequired]
    public required string Permission { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>In its place for everybody else. Default: nothing.</summary>
    [Parameter]
    public RenderFragment? Otherwise { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PermissionChecker Permissions { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        // Somebody whose sign-in has ended sees this for the moment until the page has gone.
        _permitted = (await Authentication).User.HasBusiness && await Permissions.MayAsync(Permission, Gone);
        _asked = true;
    }
}
