using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Where somebody is asked to work for the business.</summary>
public sealed partial class InvitePage
{
    private IReadOnlyList<RoleChoice> _roles = [];
    private IReadOnlyList<TeamRow> _teams = [];
    private string _email = "";
    private string _name = "";
    private Guid _role;
    private string _language = Language.Current.Code;
    private IReadOnlyList<Guid> _inTeams = [];
    private bool _ready;

    [Inject]
    public required Inviting Inviting { get; init; }

    [Inject]
    public required RoleChoices Roles { get; init; }

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _roles = await Roles.AllAsync(Gone);
        _teams = await Teams.AllAsync(Gone);
        // Most who come answer customers; and nobody is offered more than that unasked.
        _role = (_roles.FirstOrDefault(r => r is { Name: SeededRoles.Agent, MayGive: true }) ?? _roles.FirstOrDefault(r => r.MayGive))?.Id ?? Guid.Empty;
        _ready = true;
    });

    private Task InviteAsync() => TryAsync(async () =>
    {
        await Inviting.InviteAsync(new NewInvitation(_email, _name, _role, _inTeams, _language), Gone);
        Snackbar.Add(L["{0} gets an e-mail with a link.", _email.Trim()], Severity.Success);
        Navigation.NavigateTo("/settings/team");
    });
}
