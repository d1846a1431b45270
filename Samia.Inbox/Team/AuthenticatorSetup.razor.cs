using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Leads somebody through setting up the codes of an authenticator app, to the recovery codes.</summary>
public sealed partial class AuthenticatorSetup
{
    private IReadOnlyList<string>? _codes;
    private string? _problem;

    /// <summary>Whose it is.</summary>
    [Parameter, EditorRequired]
    public required User User { get; set; }

    /// <summary>Read by the page, because parts of one page must not ask at the same time.</summary>
    [Parameter, EditorRequired]
    public required AuthenticatorKey? Key { get; set; }

    /// <summary>Called once it is on, before the recovery codes are shown.</summary>
    [Parameter]
    public EventCallback OnConfirmed { get; set; }

    /// <summary>Below the recovery codes: where to go from there.</summary>
    [Parameter]
    public RenderFragment? Afterwards { get; set; }

    [SupplyParameterFromForm(Name = "code", FormName = "authenticator")]
    public string? Code { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [Inject]
    public required Authenticator Authenticator { get; init; }

    private async Task ConfirmAsync()
    {
        _codes = await Authenticator.ConfirmAsync(User, Code ?? "", HttpContext.RequestAborted);
        if (_codes is null)
        {
            _problem = L.Say(SecondFactor.WrongCode);
            return;
        }

        await OnConfirmed.InvokeAsync();
    }
}
