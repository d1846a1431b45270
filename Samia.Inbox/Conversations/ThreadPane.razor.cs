using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>One conversation: who it is with, what was said, and the composer.</summary>
public sealed partial class ThreadPane : WorkingComponent
{
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
    public Task ApplyAsync(LiveBatch batch) => WhileHereAsync(async () =>
    {
        if (!batch.Concerns(ConversationId))
        {
            return;
        }

        // Also while the thread is being read: what changed in between is read after it.
        await ReadAsync();
        await _thread.RefreshAsync(Gone);
        StateHasChanged();
        if (_view is not null)
        {
            await _view.ChangedAsync();
        }
    });

    /// <summary>Shows the end of the thread, such as after sending.</summary>
    public Task ShowNewestAsync() => WhileHereAsync(async () =>
    {
        if (_thread.HasNewer)
        {
            await _thread.OpenAsync(Gone);
        }

        if (_view is not null)
        {
            await _view.ShowNewestAsync();
        }
    });

    protected override async Task OnInitializedAsync()
    {
        _thread = new ThreadModel(Thread, ConversationId);
        try
        {
            await _thread.OpenAsync(Gone);
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
        var found = await Conversations.FindAsync(ConversationId, Gone);
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
        if (_conversation is { UnreadCount: > 0 } && await Permissions.MayAsync(Team.Permissions.Reply, Gone))
        {
            try
            {
                await ReadMarker.MarkReadAsync(ConversationId, Gone);
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
            await Sender.SendAgainAsync(messageId, Gone);
        }
        catch (Exception refused) when (refused is NotPermittedException or UsageLimitException or InvalidOperationException)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "Conversation {ConversationId} could not be read")]
    private static partial void LogNotRead(ILogger logger, Exception exception, Guid conversationId);
}
