using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Says whose a conversation is, and offers colleagues: those who are there first, each with what they have in hand.</summary>
public sealed partial class AssigneeMenu
{
    private IReadOnlyDictionary<Guid, int> _open = new Dictionary<Guid, int>();

    /// <summary>Null for nobody.</summary>
    [Parameter, EditorRequired]
    public required Guid? AssigneeId { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, Colleague> Colleagues { get; set; }

    [Parameter]
    public bool MayAssign { get; set; }

    /// <summary>Somebody was chosen; null for nobody.</summary>
    [Parameter]
    public EventCallback<Guid?> OnAssign { get; set; }

    [Inject]
    public required Workloads Workloads { get; init; }

    [Inject]
    public required TenantContext Tenant { get; init; }

    private string AssigneeName => AssigneeId is not { } id ? L["Unassigned"]
        : id == Tenant.EmployeeId ? L["You"]
        : Colleagues.GetValueOrDefault(id)?.Name ?? L["Somebody"];

    private string Label => L["Assignee: {0}", AssigneeName];

    private IEnumerable<Colleague> Assignable => Colleagues.Values.Where(c => c.IsActive && c.Id != Tenant.EmployeeId)
        .OrderByDescending(c => c.Presence).ThenBy(c => c.Name);

    private async Task CountAsync(bool open)
    {
        if (open)
        {
            try
            {
                _open = await Workloads.OpenAsync(CancellationToken.None);
            }
            catch (NotPermittedException)
            {
                // Assigning itself says so.
            }
        }
    }

    private string FactsOf(Colleague colleague)
    {
        var presence = colleague.Presence switch
        {
            Presence.Online => L["Online"],
            Presence.Away => L["Away"],
            _ => L["Offline"],
        };
        return (_open.GetValueOrDefault(colleague.Id), colleague.Capacity) switch
        {
            (var open, { } capacity) => L["{0} · {1} of {2} open", presence, open, capacity],
            (0, null) => presence,
            (var open, null) => L["{0} · {1} open", presence, open],
        };
    }
}
