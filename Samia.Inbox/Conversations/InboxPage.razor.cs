using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>The live inbox. Which conversation is open, which tab and which status is in its address.</summary>
public sealed partial class InboxPage : WorkingComponent
{
    private IReadOnlyDictionary<Guid, Colleague> _colleagues = new Dictionary<Guid, Colleague>();
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ConversationListPane? _list;
    private ThreadPane? _thread;
    private SendingStatus _sending = new(null, null, null);
    private IReadOnlyList<UsageOf> _alarms = [];
    private bool _ready;
    private bool _maySee;
    private string? _refusal;

    [Parameter]
    public Guid? ConversationId { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>Given anew when permissions change.</summary>
    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required SendingState Sending { get; init; }

    [Inject]
    public required UsageReports Usage { get; init; }

    [Inject]
    public required Colleagues Team { get; init; }

    [Inject]
    public required VisibleConversations Visible { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private ConversationListQuery Query => new(
        Enum.TryParse<ConversationTab>(Tab, ignoreCase: true, out var tab) ? tab : ConversationTab.All,
        Enum.TryParse<ConversationStatus>(Status, ignoreCase: true, out var status) ? status : ConversationStatus.Open);

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override async Task OnInitializedAsync()
    {
        // Watch first, then read: what changes in between is read twice and not missed.
        Live.Start(batch => InvokeAsync(() => WhileHereAsync(() => ShowAsync(batch))));
        _zone = (await Business.GetAsync(Gone)).TimeZone;
        await ReadBusinessAsync();
        _ready = true;
    }

    protected override Task OnParametersSetAsync() => AskAsync();

    private async Task AskAsync()
    {
        try
        {
            await Visible.DemandAsync(Gone);
            (_maySee, _refusal) = (true, null);
        }
        catch (NotPermittedException refused)
        {
            (_maySee, _refusal) = (false, refused.Message);
        }
    }

    private async Task ShowAsync(LiveBatch batch)
    {
        if (!_ready)
        {
            return;
        }

        if (batch.BusinessChanged)
        {
            await ReadBusinessAsync();
        }
        else if (batch.ColleaguesChanged)
        {
            await ReadColleaguesAsync();
        }

        if (batch.MissedSome)
        {
            // What may be seen may have changed, and then there is no list to read, or one for the first time.
            var before = _maySee;
            await AskAsync();
            if (!_maySee || !before)
            {
                StateHasChanged();
                return;
            }
        }

        await Task.WhenAll(_list?.ApplyAsync(batch) ?? Task.CompletedTask, _thread?.ApplyAsync(batch) ?? Task.CompletedTask);
    }

    private Task ShowNewestAsync(Guid conversationId) =>
        conversationId == ConversationId && _thread is not null ? _thread.ShowNewestAsync() : Task.CompletedTask;

    // In place of the address of a conversation that is gone, so that going back does not lead there.
    private void ShowMerged(Guid conversationId) => Navigation.NavigateTo(AddressOf(conversationId), replace: true);

    private async Task ReadBusinessAsync()
    {
        await ReadColleaguesAsync();
        _sending = await Sending.GetAsync(Gone);
        _alarms = await Usage.AlarmsAsync(Gone);
        StateHasChanged();
    }

    private async Task ReadColleaguesAsync()
    {
        _colleagues = (await Team.AllAsync(Gone)).ToDictionary(c => c.Id);
        StateHasChanged();
    }

    private string AddressOf(Guid? conversationId) => InboxAddress.Of(conversationId, Query);
}
