using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Where an admin sees which addresses are told what happens.</summary>
public sealed partial class OutgoingWebhooksPage : WorkingComponent
{
    private IReadOnlyList<WebhookInfo>? _webhooks;
    private string? _problem;

    [Inject]
    private OutgoingWebhooks Webhooks { get; init; } = null!;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _problem = null;
        try
        {
            _webhooks = await Webhooks.PageAsync(null, OutgoingWebhooks.Max, Gone);
        }
        catch (NotPermittedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }
}
