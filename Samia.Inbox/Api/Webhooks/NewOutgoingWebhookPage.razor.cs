using Microsoft.AspNetCore.Components;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Adds a webhook and shows its secret, this once.</summary>
public sealed partial class NewOutgoingWebhookPage : WorkingComponent
{
    private ShownWebhookSecret? _created;
    private string? _problem;

    [Inject]
    private OutgoingWebhooks Webhooks { get; init; } = null!;

    private async Task CreateAsync(WebhookContent content)
    {
        _problem = null;
        try
        {
            _created = await Webhooks.CreateAsync(content, Gone);
        }
        catch (Exception refused) when (refused is NotPermittedException or ConflictException or ArgumentException { ParamName: null })
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }
}
