using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>One delivery: a line, and opened, what was sent and answered.</summary>
public sealed partial class WebhookDeliveryRow
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private WebhookDeliveryDetails? _details;
    private bool _isOpen;

    [Parameter, EditorRequired]
    public required WebhookDeliveryInfo Delivery { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    /// <summary>Whether the webhook is called, so that it can be sent again.</summary>
    [Parameter, EditorRequired]
    public required bool CanSend { get; set; }

    [Parameter]
    public EventCallback OnSentAgain { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    private WebhookDeliveries Deliveries { get; init; } = null!;

    private string Icon => Delivery.State switch
    {
        WebhookDeliveryState.Delivered => Icons.Material.Rounded.CheckCircle,
        WebhookDeliveryState.Failed => Icons.Material.Rounded.Error,
        _ => Icons.Material.Rounded.Schedule,
    };

    private string Class => Delivery.State switch
    {
        WebhookDeliveryState.Delivered => "good",
        WebhookDeliveryState.Failed => "bad",
        _ => "waiting",
    };

    private string Outcome => (Delivery.State, Delivery.Error, Delivery.ResponseStatus) switch
    {
        (WebhookDeliveryState.Delivered, _, _) => L["Delivered"],
        (_, { } error, _) => WebhookStops.Say(L, error),
        (_, _, >= 300 and < 400) => L["The address leads elsewhere. Enter the address that it leads to."],
        (_, _, { } status) => L["Your program answered {0}.", status],
        _ => L["On its way"],
    };

    protected override Task OnParametersSetAsync() => _isOpen && _details?.Delivery != Delivery
        ? TryAsync(async () => _details = await Deliveries.FindAsync(Delivery.Id, Gone))
        : Task.CompletedTask;

    private Task ToggleAsync() => TryAsync(async () =>
    {
        _isOpen = !_isOpen;
        if (_isOpen)
        {
            _details = await Deliveries.FindAsync(Delivery.Id, Gone);
        }
    });

    private Task SendAgainAsync() => TryAsync(async () =>
    {
        await Deliveries.SendAgainAsync(Delivery.Id, Gone);
        Snackbar.Add(L["It is sent again."], Severity.Info);
        await OnSentAgain.InvokeAsync();
    });

    private static string Readable(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document, Indented);
    }
}
