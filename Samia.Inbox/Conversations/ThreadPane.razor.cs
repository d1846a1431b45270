using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>One conversation: who it is with, what was said, and the composer.</summary>
public sealed partial class ThreadPane : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ThreadModel _thread = null!;
    private ThreadView? _view;
    private OpenConversation? _conversation;
    private string? _missing;

    [Parameter, EditorRequired]
    public required Guid ConversationId { get; set; }

    /// <summary>Where a phone's back arrow leads.</summary>
    [Parameter, EditorRequired]
    public required string BackAddress { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, Colleague> Colleagues { get; set; }

    /// <summary>The conversation was merged into this other one.</summary>
    [Parameter]
    public EventCallback<Guid> OnMerged { get; set; }

    [Inject]
    public required ConversationThread Thread { get; init; }

    [Inject]
    public required OpenConversations Conversations { get; init; }

    [Inject]
    public required PermissionChecker Permissions { get; init; }

    [Inject]
    public required ReadMarker ReadMarker { get; init; }

    [Inject]
    public required Sender Sender { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required ILogger<ThreadPane> Logger { get; init; }

    /// <summary>Shows what changed. Called on the circuit's thread.</summary>
    public async Task ApplyAsync(LiveBatch batch)
    {
        if (!batch.Concerns(ConversationId))
        {
            return;
        }

        // Also while the thread is being read: what changed in between is read after it.
        await ReadAsync();
        await _thread.RefreshAsync(_leaving.Token);
        StateHasChanged();
        if (_view is not null)
        {
            await _view.ChangedAsync();
        }
    }

    /// <summary>Shows the end of the thread, such as after sending.</summary>
    public async Task ShowNewestAsync()
    {
        if (_thread.HasNewer)
        {
            await _thread.OpenAsync(_leaving.Token);
        }

        if (_view is not null)
        {
            await _view.ShowNewestAsync();
        }
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _thread.Dispose();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _thread = new ThreadModel(Thread, ConversationId);
        try
        {
            await _thread.OpenAsync(_leaving.Token);
            await ReadAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _missing = exception is NotPermittedException
                ? exception.Message
                : L["This conversation could not be read just now. Nothing is lost; open it again."];
            LogNotRead(Logger, exception, ConversationId);
        }
    }

    private async Task ReadAsync()
    {
        var found = await Conversations.FindAsync(ConversationId, _leaving.Token);
        if (found is not null && found.Id != ConversationId)
        {
            await OnMerged.InvokeAsync(found.Id);
            return;
        }

        _conversation = found;
        _missing = _conversation is null ? new ConversationNotFoundException(ConversationId).Message : null;
    }

    private async Task MarkReadAsync()
    {
        if (_conversation is { UnreadCount: > 0 } && await Permissions.MayAsync(Team.Permissions.Reply, _leaving.Token))
        {
            try
            {
                await ReadMarker.MarkReadAsync(ConversationId, _leaving.Token);
            }
            catch (ConversationNotFoundException)
            {
                // It was taken from them just now, and the event that says so is on its way.
            }
        }
    }

    private async Task SendAgainAsync(Guid messageId)
    {
        try
        {
            await Sender.SendAgainAsync(messageId, _leaving.Token);
        }
        catch (Exception refused) when (refused is NotPermittedException or UsageLimitException or InvalidOperationException)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Conversation {ConversationId} could not be read")]
    private static partial void LogNotRead(ILogger logger, Exception exception, Guid conversationId);
}
