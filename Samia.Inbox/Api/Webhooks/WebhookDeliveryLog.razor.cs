using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>The deliveries of one webhook, the newest first.</summary>
public sealed partial class WebhookDeliveryLog
{
    private const int PageSize = 30;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private Task _following = Task.CompletedTask;
    private List<WebhookDeliveryInfo>? _rows;
    private WebhookDeliveryState? _state;
    private LocalTime _time = null!;
    private bool _more;

    [Parameter, EditorRequired]
    public required Guid WebhookId { get; set; }

    /// <summary>Whether the webhook is called, so that something can be sent again.</summary>
    [Parameter, EditorRequired]
    public required bool IsActive { get; set; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    private WebhookDeliveries Deliveries { get; init; } = null!;

    // Something is under way, whose outcome is known in a moment.
    private bool IsExpecting => IsActive && _rows?.Count <= PageSize
        && _rows.Any(r => r.State == WebhookDeliveryState.Pending && r.NextAttemptAt <= Clock.GetUtcNow());

    protected override async ValueTask LeaveAsync()
    {
        await _following;
    }

    /// <summary>Reads the newest ones again.</summary>
    public async Task ReadAsync()
    {
        await TryAsync(async () =>
        {
            _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, Clock.GetUtcNow());
            Take([], await PageAsync(null));
        });
        StateHasChanged();
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _following = FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone))
            {
                if (IsExpecting && !IsBusy)
                {
                    await ReadAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task ReadMoreAsync() => TryAsync(async () => Take(_rows!, await PageAsync(_rows![^1].Id)));

    private Task FilterAsync(WebhookDeliveryState? state)
    {
        _state = state;
        return ReadAsync();
    }

    // One more, which says whether there is an earlier one.
    private Task<List<WebhookDeliveryInfo>> PageAsync(Guid? before) => Deliveries.PageAsync(WebhookId, _state, before, PageSize + 1, Gone);

    private void Take(List<WebhookDeliveryInfo> shown, List<WebhookDeliveryInfo> page) =>
        (_rows, _more) = ([.. shown, .. page.Take(PageSize)], page.Count > PageSize);

    private string NameOf(WebhookDeliveryState? state) => state switch
    {
        WebhookDeliveryState.Pending => L["On their way"],
        WebhookDeliveryState.Delivered => L["Delivered"],
        WebhookDeliveryState.Failed => L["Failed"],
        _ => L["All"],
    };
}
