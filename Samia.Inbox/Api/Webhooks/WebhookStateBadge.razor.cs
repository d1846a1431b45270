using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Whether a webhook is called, in one word.</summary>
public sealed partial class WebhookStateBadge
{
    [Parameter, EditorRequired]
    public required WebhookInfo Webhook { get; set; }

    private string Word => Webhook.IsActive ? L["Active"] : Webhook.StoppedReason is null ? L["Paused"] : L["Stopped"];

    private string Class => Webhook.IsActive ? "active" : Webhook.StoppedReason is null ? "paused" : "stopped";
}
