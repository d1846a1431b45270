using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>One employee, for those who manage the team.</summary>
public sealed partial class EmployeePage
{
    private EmployeeRow? _employee;
    private IReadOnlyList<RoleChoice> _roles = [];
    private IReadOnlyList<TeamRow> _teams = [];
    private string _name = "";
    private Guid _role;
    private int? _capacity;
    private IReadOnlyList<Guid> _inTeams = [];
    private IReadOnlyList<string> _languages = [];
    private int _open;

    [Parameter]
    public Guid EmployeeId { get; set; }

    [Inject]
    public required EmployeeDirectory Directory { get; init; }

    [Inject]
    public required Employees Employees { get; init; }

    [Inject]
    public required Departures Departures { get; init; }

    [Inject]
    public required Avatars Avatars { get; init; }

    [Inject]
    public required RoleChoices Roles { get; init; }

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required Workloads Workloads { get; init; }

    [Inject]
    public required TenantContext Tenant { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private bool IsMe => EmployeeId == Tenant.EmployeeId;

    private string Explanation => _employee is { IsActive: true } here
        ? $"{here.Email} · {PresenceText.Of(here.Presence, L)} · {PresenceText.Load(_open, here.Capacity, L)}"
        : $"{_employee?.Email} · {L["Deactivated"]}";

    private string LeavingText => _employee is not { IsActive: true }
        ? L["They can sign in again, with the role and the teams above. What they had in hand stays with whoever has it now."]
        : IsMe ? L["You cannot deactivate yourself. Ask a colleague who manages the team."]
        : L["Somebody who is deactivated cannot sign in. What they wrote stays, and their open conversations go back to everybody."];

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override Task OnInitializedAsync()
    {
        Live.Start(batch => InvokeAsync(async () =>
        {
            if (batch.MissedSome || batch.ColleagueIds.Contains(EmployeeId))
            {
                await TryAsync(ReadAsync);
                StateHasChanged();
            }
        }));
        return TryAsync(async () =>
        {
            _roles = await Roles.AllAsync(Gone);
            _teams = await Teams.AllAsync(Gone);
            await ReadAsync();
            Fill();
        });
    }

    // What somebody has typed stays, whatever others change meanwhile.
    private async Task ReadAsync()
    {
        _employee = await Directory.FindAsync(EmployeeId, Gone) ?? throw Team.Employees.Unknown(L);
        _open = (await Workloads.OpenAsync(Gone)).GetValueOrDefault(EmployeeId);
    }

    private void Fill()
    {
        (_name, _role, _capacity) = (_employee!.Name, _employee.RoleId, _employee.Capacity);
        (_inTeams, _languages) = (_employee.TeamIds, _employee.Languages);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Employees.ChangeAsync(EmployeeId, new EmployeeDetails(_name, _role, _inTeams, _languages, _capacity), Gone);
        await ReadAsync();
        Fill();
        Snackbar.Add(L["Saved."], Severity.Success);
    });

    private async Task SavePictureAsync(byte[]? file, CancellationToken cancellationToken)
    {
        await Avatars.SetAsync(EmployeeId, file, cancellationToken);
        await ReadAsync();
        StateHasChanged();
    }

    private Task DeactivateAsync() => TryAsync(async () =>
    {
        var question = L["Deactivate {0}?", _employee!.Name];
        if (await Confirmation.AskAsync(question, L["Their open pages close within seconds, and their open conversations are unassigned. You can reactivate them at any time."], L["Deactivate"]))
        {
            var count = await Departures.DeactivateAsync(EmployeeId, Gone);
            await ReadAsync();
            Snackbar.Add(count switch
            {
                0 => L["{0} is deactivated.", _employee!.Name],
                1 => L["{0} is deactivated, and one conversation is unassigned.", _employee!.Name],
                _ => L["{0} is deactivated, and {1} conversations are unassigned.", _employee!.Name, count],
            }, Severity.Success);
        }
    });

    private Task ReactivateAsync() => TryAsync(async () =>
    {
        await Departures.ReactivateAsync(EmployeeId, Gone);
        await ReadAsync();
        Snackbar.Add(L["{0} can sign in again.", _employee!.Name], Severity.Success);
    });
}
