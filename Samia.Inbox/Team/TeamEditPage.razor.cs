using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Conversations;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Makes a team, or changes or deletes one.</summary>
public sealed partial class TeamEditPage
{
    private readonly HashSet<Guid> _members = [];
    private IReadOnlyList<Colleague> _colleagues = [];
    private string _saved = "";
    private string _name = "";
    private string _description = "";
    private bool _ready;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public Guid? TeamId { get; set; }

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required Colleagues Colleagues { get; init; }

    [Inject]
    public required Handback Handback { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        var team = TeamId is null ? null : (await Teams.AllAsync(Gone)).SingleOrDefault(t => t.Id == TeamId)
            ?? throw new TeamRefusedException(L["This team is no more."]);
        (_name, _description) = (team?.Name ?? "", team?.Description ?? "");
        _saved = _name;
        _members.UnionWith(team?.MemberIds ?? []);
        // Of those who left, only who is in it already: they may come back.
        _colleagues = [.. (await Colleagues.AllAsync(Gone)).Where(c => c.IsActive || _members.Contains(c.Id))];
        _ready = true;
    });

    private void Change(Guid employeeId, bool isIn)
    {
        if (isIn)
        {
            _members.Add(employeeId);
        }
        else
        {
            _members.Remove(employeeId);
        }
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        var details = new TeamDetails(_name, _description, [.. _members]);
        if (TeamId is { } existing)
        {
            await Teams.ChangeAsync(existing, details, Gone);
        }
        else
        {
            await Teams.CreateAsync(details, Gone);
        }

        Snackbar.Add(L["Saved."], Severity.Success);
        Navigation.NavigateTo("/settings/teams");
    });

    private Task DeleteAsync() => TryAsync(async () =>
    {
        var consequence = await Handback.CountOfTeamAsync(TeamId!.Value, Gone) switch
        {
            0 => L["It has no conversations."],
            1 => L["One conversation will belong to no team."],
            var count => L["{0} conversations will belong to no team.", count],
        };
        if (await Confirmation.AskAsync(L["Delete the team “{0}”?", _saved], consequence, L["Delete"]))
        {
            await Teams.DeleteAsync(TeamId.Value, Gone);
            Snackbar.Add(L["The team is deleted."], Severity.Success);
            Navigation.NavigateTo("/settings/teams");
        }
    });
}
