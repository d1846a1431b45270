using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>One webhook: what it is told, whether that arrives, and all that can be done with it.</summary>
public sealed partial class OutgoingWebhookPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private WebhookInfo? _webhook;
    private ShownWebhookSecret? _secret;
    private WebhookDeliveryLog? _log;
    private string? _problem;
    private bool _isGone;
    private bool _busy;

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

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_webhook?.Id != Id)
        {
            await TryAsync(() => Webhooks.FindAsync(Id, _gone.Token));
        }
    }

    private Task SaveAsync(WebhookContent content) => TryAsync(async () =>
    {
        var saved = await Webhooks.UpdateAsync(Id, content, _gone.Token);
        Snackbar.Add(L["Saved."], Severity.Success);
        return saved;
    });

    private Task SwitchAsync(bool isActive) =>
        TryAsync(() => Webhooks.UpdateAsync(Id, new(_webhook!.Url, _webhook.Events, isActive), _gone.Token));

    private Task TestAsync() => TryAsync(async () =>
    {
        if (await Deliveries.SendTestAsync(Id, _gone.Token) is null)
        {
            return null;
        }

        await (_log?.ReadAsync() ?? Task.CompletedTask);
        Snackbar.Add(L["A test is on its way. Whether it arrived stands below in a moment."], Severity.Info);
        return _webhook;
    });

    private Task RotateAsync() => TryAsync(async () =>
    {
        if (!await Confirmation.AskAsync(L["Make a new secret?"],
            L["From now on calls are signed with it, and your program refuses them until it knows the new secret."], L["New secret"]))
        {
            return _webhook;
        }

        _secret = await Webhooks.RotateSecretAsync(Id, _gone.Token);
        return _secret is null ? null : _webhook;
    });

    private Task DeleteAsync() => TryAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Delete the webhook?"],
            L["Its address is not called any more, what waits is not delivered, and the log of its deliveries is gone."], L["Delete"]))
        {
            await Webhooks.DeleteAsync(Id, _gone.Token);
            Snackbar.Add(L["The webhook is deleted."], Severity.Success);
            Navigation.NavigateTo("/settings/outgoing-webhooks");
        }

        return _webhook;
    });

    // Work says how the webhook is afterwards; null if it does not exist any more.
    private async Task TryAsync(Func<Task<WebhookInfo?>> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            _webhook = await work();
            _isGone = _webhook is null;
        }
        catch (Exception refused) when (refused is NotPermittedException or ArgumentException { ParamName: null })
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
