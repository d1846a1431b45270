using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Chooses the teams that somebody belongs to. Nothing where the business has none.</summary>
public sealed partial class TeamsField
{
    /// <summary>All teams of the business.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TeamRow> Teams { get; set; }

    /// <summary>The ids of those chosen.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Guid> Value { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<Guid>> ValueChanged { get; set; }

    private Task ChangeAsync(Guid teamId, bool isIn) =>
        ValueChanged.InvokeAsync(isIn ? [.. Value, teamId] : [.. Value.Where(t => t != teamId)]);
}
