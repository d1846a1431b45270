using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Api;

/// <summary>One token of the list.</summary>
public sealed partial class ApiTokenCard
{
    private string? _name;

    [Parameter, EditorRequired]
    public required ApiTokenInfo Token { get; set; }

    /// <summary>Null if nobody knows any more.</summary>
    [Parameter, EditorRequired]
    public string? CreatedBy { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    /// <summary>It is neither revoked nor expired.</summary>
    [Parameter, EditorRequired]
    public required bool IsWorking { get; set; }

    [Parameter]
    public EventCallback<string> OnRename { get; set; }

    [Parameter]
    public EventCallback OnRevoke { get; set; }

    [Inject]
    public required IStringLocalizer<Team.Texts> PermissionTexts { get; init; }

    private async Task SaveAsync()
    {
        var name = _name!;
        if (name.Trim().Length > 0)
        {
            _name = null;
            await OnRename.InvokeAsync(name);
        }
    }
}
