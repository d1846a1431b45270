using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Makes a role, from nothing or from another, or changes or deletes one.</summary>
public sealed partial class RolePage
{
    private readonly RoleEdits _edits = new();
    private HeldPermissions _held = HeldPermissions.None;
    private (Guid? RoleId, Guid? From)? _shown;
    private RoleSummary? _role;
    private string _name = "";
    private string _description = "";
    private int _notCopied;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public Guid? RoleId { get; set; }

    /// <summary>The role that a new one begins as.</summary>
    [SupplyParameterFromQuery]
    public Guid? From { get; set; }

    /// <summary>Changes when what they may do has changed, and with it what they may give.</summary>
    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required Roles Roles { get; init; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    // Deactivated ones keep it from being deleted too.
    private int Holders => _role!.Members + _role.FormerMembers;

    // From a role to its copy the page stays and its address changes; at any other time it keeps what was typed.
    protected override Task OnParametersSetAsync() => TryAsync(_shown == (RoleId, From) ? ReadHeldAsync : ReadAsync);

    private async Task ReadHeldAsync() => _held = await Checker.HeldAsync(Gone);

    private async Task ReadAsync()
    {
        _shown = (RoleId, From);
        _edits.Clear();
        await ReadHeldAsync();
        var existing = (RoleId ?? From) is not { } id ? null : (await Roles.ListAsync(Gone)).SingleOrDefault(r => r.Id == id)
            ?? throw new TeamRefusedException(L["This role does not exist any more."]);
        _role = RoleId is null ? new RoleSummary(Guid.Empty, "", "", IsSeeded: false, IsFixed: false, [], 0, 0) : existing!;
        _name = RoleId is not null ? L.RoleName(_role.Name) : existing is null ? "" : L["Copy of {0}", L.RoleName(existing.Name)];
        _description = existing?.Description ?? "";
        var copied = RoleId is null && existing is not null ? existing.Permissions : [];
        _notCopied = copied.Except(_held.Permissions).Count();
        foreach (var permission in copied.Intersect(_held.Permissions))
        {
            _edits.Set(_role, permission, allowed: true);
        }
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        var planned = _edits.Of([_role!]);
        if (RoleId is not { } id)
        {
            await Roles.CreateAsync(new NewRole(_name, _description, [.. planned.SelectMany(c => c.Gained).Select(p => p.Name)]), Gone);
        }
        else if (planned.Count == 0 || await RoleChangesDialog.AskAsync(Dialogs, L["Save these changes?"], planned, _held.Role))
        {
            var change = planned.Count == 0 ? new RoleChange() : planned[0].ToChange();
            await Roles.ChangeAsync(id, change with { Name = _role!.IsSeeded ? null : _name, Description = _description }, Gone);
        }
        else
        {
            return;
        }

        Snackbar.Add(L["Saved."], Severity.Success);
        Navigation.NavigateTo("/settings/roles");
    });

    private Task DeleteAsync() => TryAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Delete the role “{0}”?", _role!.Name], L["Nobody has it, so nobody loses anything."], L["Delete"]))
        {
            await Roles.DeleteAsync(_role.Id, Gone);
            Snackbar.Add(L["The role is deleted."], Severity.Success);
            Navigation.NavigateTo("/settings/roles");
        }
    });
}
