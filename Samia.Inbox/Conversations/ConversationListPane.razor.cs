using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>The list of conversations, its tabs and their counts.</summary>
public sealed partial class ConversationListPane : WorkingComponent
{
    /// <summary>In CSS pixels; ConversationListRow.razor.css has the same.</summary>
    private const int RowHeight = 76;
    private static readonly ConversationStatus[] Statuses = Enum.GetValues<ConversationStatus>();
    private ConversationListModel _model = null!;
    private Virtualize<ConversationRow>? _rows;
    private ConversationListQuery? _opened;
    private LocalTime _time = null!;
    private ITimer? _minutes;
    private bool _loaded;
    private string? _failure;

    [Parameter, EditorRequired]
    public required ConversationListQuery Query { get; set; }

    [Parameter]
    public Guid? SelectedId { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, Colleague> Colleagues { get; set; }

    [Inject]
    public required ConversationList List { get; init; }

    [Inject]
    public required TenantContext Tenant { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<ConversationListPane> Logger { get; init; }

    private string EmptyTitle => Query switch
    {
        { Status: ConversationStatus.Pending } => L["Nothing is pending"],
        { Status: ConversationStatus.Snoozed } => L["Nothing is snoozed"],
        { Status: ConversationStatus.Resolved } => L["Nothing is resolved"],
        { Tab: ConversationTab.Mine } => L["Nothing is assigned to you"],
        { Tab: ConversationTab.Unassigned } => L["Everything has an assignee"],
        _ => L["No open conversations"],
    };

    private string EmptyText => Query.Tab == ConversationTab.Mine
        ? L["Take one from Unassigned: open it and choose “Assign to me”."]
        : L["When a customer writes, the conversation appears here by itself."];

    /// <summary>Shows what changed. Called on the circuit's thread.</summary>
    public Task ApplyAsync(LiveBatch batch) => WhileHereAsync(async () =>
    {
        // Also while the first rows are being read: what changed in between is read after them.
        await _model.ApplyAsync(batch, Gone);
        await ShowAsync();
    });

    protected override ValueTask LeaveAsync() => _minutes?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized()
    {
        _model = new ConversationListModel(List, Tenant.EmployeeId);
        ReadClock();
        // Relative times grow old by themselves.
        _minutes = Clock.CreateTimer(_ => _ = InvokeAsync(async () =>
        {
            ReadClock();
            await ShowAsync();
        }), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_opened != Query)
        {
            _opened = Query;
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        (_loaded, _failure) = (false, null);
        try
        {
            await _model.OpenAsync(Query, Gone);
            ReadClock();
            _loaded = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception is NotPermittedException
                ? exception.Message
                : L["The conversations could not be read just now. Nothing is lost."];
            LogNotRead(Logger, exception);
        }
    }

    private async Task ShowAsync()
    {
        ReadClock();
        if (_rows is not null)
        {
            await _rows.RefreshDataAsync();
        }

        StateHasChanged();
    }

    private async ValueTask<ItemsProviderResult<ConversationRow>> ProvideAsync(ItemsProviderRequest request)
    {
        await _model.EnsureAsync(request.StartIndex + request.Count, request.CancellationToken);
        return new ItemsProviderResult<ConversationRow>(
            _model.Rows.Skip(request.StartIndex).Take(request.Count).ToList(),
            _model.Rows.Count + (_model.HasMore ? ConversationListModel.PageSize : 0));
    }

    private void ReadClock() => _time = new LocalTime(Zone, Clock.GetUtcNow());

    private Colleague? AssigneeOf(ConversationRow row) =>
        row.AssigneeId is { } id ? Colleagues.GetValueOrDefault(id) : null;

    private string StatusName(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => L["Open"],
        ConversationStatus.Pending => L["Pending"],
        ConversationStatus.Snoozed => L["Snoozed"],
        _ => L["Resolved"],
    };

    private string TabName(ConversationTab tab) => tab switch
    {
        ConversationTab.Mine => L["Mine"],
        ConversationTab.Unassigned => L["Unassigned"],
        _ => L["All"],
    };

    private static string CountText(int count) => count >= ConversationCounts.Most
        ? string.Create(CultureInfo.CurrentCulture, $"{ConversationCounts.Most - 1}+")
        : count.ToString(CultureInfo.CurrentCulture);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The conversation list could not be read")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
