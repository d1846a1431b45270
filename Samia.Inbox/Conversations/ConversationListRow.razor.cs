using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>One conversation of the list.</summary>
public sealed partial class ConversationListRow
{
    private (ConversationRow, bool, string, Colleague?, string) _shown;
    private bool _changed;

    [Parameter, EditorRequired]
    public required ConversationRow Row { get; set; }

    [Parameter]
    public bool IsSelected { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    /// <summary>Null for nobody.</summary>
    [Parameter]
    public Colleague? Assignee { get; set; }

    [Parameter, EditorRequired]
    public required string Href { get; set; }

    // A live change renders the rows that it concerns and no others.
    protected override bool ShouldRender() => _changed;

    protected override void OnParametersSet()
    {
        var now = (Row, IsSelected, Time.Brief(Row.LastActivityAt), Assignee, Href);
        _changed = now != _shown;
        _shown = now;
    }
}
