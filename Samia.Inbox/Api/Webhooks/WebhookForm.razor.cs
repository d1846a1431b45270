using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>What a webhook is to be. A refusal leaves what was typed and chosen.</summary>
public sealed partial class WebhookForm : WorkingComponent
{
    private const string Example = "https://shop.example.com/samia";
    private readonly HashSet<string> _chosen = [];
    private IReadOnlyCollection<string> _seen = [];
    private string _url = "";
    private bool _busy;

    /// <summary>What it is now; null for a new one.</summary>
    [Parameter]
    public WebhookInfo? Webhook { get; set; }

    /// <summary>The words of the button.</summary>
    [Parameter, EditorRequired]
    public required string Action { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<WebhookContent> OnSave { get; set; }

    /// <summary>Changes when what they may do has changed, and with it what a webhook of theirs may be told.</summary>
    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    protected override void OnInitialized()
    {
        if (Webhook is not null)
        {
            _url = Webhook.Url;
            _chosen.UnionWith(Webhook.Events);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _seen = await Checker.AllAsync(Gone);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private void Choose(string name, bool isIn)
    {
        if (isIn)
        {
            _chosen.Add(name);
        }
        else
        {
            _chosen.Remove(name);
        }
    }

    private async Task SaveAsync()
    {
        _busy = true;
        await OnSave.InvokeAsync(new WebhookContent(_url, [.. _chosen], Webhook?.IsActive ?? true));
        _busy = false;
    }
}
