using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>One employee in a list, which leads to their page.</summary>
public sealed partial class EmployeeListRow
{
    [Parameter, EditorRequired]
    public required EmployeeRow Employee { get; set; }

    /// <summary>All teams of the business.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TeamRow> Teams { get; set; }

    /// <summary>How many open conversations they have.</summary>
    [Parameter]
    public int Open { get; set; }

    private string TeamNames => string.Join(", ", Teams.Where(t => Employee.TeamIds.Contains(t.Id)).Select(t => t.Name));

    private bool IsFull => Open >= Employee.Capacity;
}
