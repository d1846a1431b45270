using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>One webhook: what it is told, whether that arrives, and all that can be done with it.</summary>
public sealed partial class OutgoingWebhookPage
{
    private WebhookInfo? _webhook;
    private ShownWebhookSecret? _secret;
    private WebhookDeliveryLog? _log;
    private bool _isGone;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    private OutgoingWebhooks Webhooks { get; init; } = null!;

    [Inject]
    private WebhookDeliveries Deliveries { get; init; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_webhook?.Id != Id)
        {
            await ShowAsync(() => Webhooks.FindAsync(Id, Gone));
        }
    }

    private Task SaveAsync(WebhookContent content) => ShowAsync(async () =>
    {
        var saved = await Webhooks.UpdateAsync(Id, content, Gone);
        Snackbar.Add(L["Saved."], Severity.Success);
        return saved;
    });

    private Task SwitchAsync(bool isActive) =>
        ShowAsync(() => Webhooks.UpdateAsync(Id, new(_webhook!.Url, _webhook.Events, isActive), Gone));

    private Task TestAsync() => ShowAsync(async () =>
    {
        if (await Deliveries.SendTestAsync(Id, Gone) is null)
        {
            return null;
        }

        await (_log?.ReadAsync() ?? Task.CompletedTask);
        Snackbar.Add(L["A test is on its way. Whether it arrived stands below in a moment."], Severity.Info);
        return _webhook;
    });

    private Task RotateAsync() => ShowAsync(async () =>
    {
        if (!await Confirmation.AskAsync(L["Make a new secret?"],
            L["From now on calls are signed with it, and your program refuses them until it knows the new secret."], L["New secret"]))
        {
            return _webhook;
        }

        _secret = await Webhooks.RotateSecretAsync(Id, Gone);
        return _secret is null ? null : _webhook;
    });

    private Task DeleteAsync() => ShowAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Delete the webhook?"],
            L["Its address is not called any more, what waits is not delivered, and the log of its deliveries is gone."], L["Delete"]))
        {
            await Webhooks.DeleteAsync(Id, Gone);
            Snackbar.Add(L["The webhook is deleted."], Severity.Success);
            Navigation.NavigateTo("/settings/outgoing-webhooks");
        }

        return _webhook;
    });

    // Work says how the webhook is afterwards; null if it does not exist any more.
    private Task ShowAsync(Func<Task<WebhookInfo?>> work) => TryAsync(async () =>
    {
        _webhook = await work();
        _isGone = _webhook is null;
    });
}
