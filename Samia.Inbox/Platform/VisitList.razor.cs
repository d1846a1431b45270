using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>Support visits of one business, the newest first.</summary>
public sealed partial class VisitList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<VisitRow> Visits { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    /// <summary>Ends an open one; without it none can be ended here.</summary>
    [Parameter]
    public EventCallback<Guid> OnEnd { get; set; }
}
