using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// All roles beside each other, to be changed by ticking; on a phone one after the other. Nothing is saved before
/// somebody has read what changes for how many people.
/// </summary>
public sealed partial class RolesPage
{
    private readonly RoleEdits _edits = new();
    private IReadOnlyList<RoleSummary>? _roles;
    private HeldPermissions _held = HeldPermissions.None;

    /// <summary>Changes when what they may do has changed, and with it what they may give.</summary>
    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required Roles Roles { get; init; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private IReadOnlyList<PlannedRoleChange> Planned => _edits.Of(_roles ?? []);

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override void OnInitialized() => Live.Start(batch => InvokeAsync(async () =>
    {
        if (batch.ColleaguesChanged && !IsBusy && !Gone.IsCancellationRequested)
        {
            await ReadAsync();
            StateHasChanged();
        }
    }));

    protected override Task OnParametersSetAsync() => IsBusy ? Task.CompletedTask : ReadAsync();

    private Task ReadAsync() => TryAsync(ReadRolesAsync);

    private async Task ReadRolesAsync()
    {
        _held = await Checker.HeldAsync(Gone);
        _roles = await Roles.ListAsync(Gone);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        if (!await RoleChangesDialog.AskAsync(Dialogs, L["Save these changes?"], Planned, _held.Role))
        {
            return;
        }

        try
        {
            // Who gains comes first: somebody else may then lose what somebody must have.
            foreach (var planned in Planned.OrderBy(c => c.Lost.Count))
            {
                await Roles.ChangeAsync(planned.Role.Id, planned.ToChange(), Gone);
                _edits.Forget(planned.Role.Id);
            }

            Snackbar.Add(L["The roles are saved."], Severity.Success);
        }
        finally
        {
            await ReadRolesAsync();
        }
    });

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (Planned.Count > 0 && !await Confirmation.AskAsync(
            L["Leave without saving?"], L["What you ticked here is not saved yet."], L["Leave"]))
        {
            leaving.PreventNavigation();
        }
    }
}
