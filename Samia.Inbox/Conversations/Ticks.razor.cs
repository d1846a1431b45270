using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>Where a message of ours is: a clock, one tick, two ticks, two blue ticks, or an exclamation mark.</summary>
public sealed partial class Ticks
{
    [Parameter, EditorRequired]
    public required MessageStatus Status { get; set; }

    /// <summary>A longer text for the pointer, such as the times; by default the status alone.</summary>
    [Parameter]
    public string? Title { get; set; }

    private string Label => Status switch
    {
        MessageStatus.Queued => L["Waiting to be sent"],
        MessageStatus.Failed => L["Not sent"],
        MessageStatus.Sent => L["Sent"],
        MessageStatus.Delivered => L["Delivered"],
        MessageStatus.Read => L["Read"],
        MessageStatus.Played => L["Played"],
        _ => L["Received"],
    };
}
