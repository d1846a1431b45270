using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// The server's end of the browser's queue of texts to send. The script keeps each text until it is confirmed here, and
/// sends it again with the same key after a lost connection, so nothing is lost and nothing goes out twice.
/// </summary>
public sealed partial class SendQueue : IAsyncDisposable
{
    private DotNetObjectReference<SendQueue>? _self;
    private IJSObjectReference? _script;

    /// <summary>A text of this conversation was taken.</summary>
    [Parameter]
    public EventCallback<Guid> OnSent { get; set; }

    [Inject]
    public required Sender Sender { get; init; }

    [Inject]
    public required TenantContext Tenant { get; init; }

    [Inject]
    public required Notes Notes { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required ILogger<SendQueue> Logger { get; init; }

    /// <summary>Called by the script. An exception makes it try again.</summary>
    /// <returns>False if it was refused, in which case the script gives the text back.</returns>
    [JSInvokable]
    public async Task<bool> SendAsync(Guid conversationId, string text, Guid key, bool asNote)
    {
        try
        {
            // Not cancelled when somebody turns to another page: it was sent.
            await (asNote
                ? Notes.AddAsync(conversationId, text, key, CancellationToken.None)
                : Sender.SendTextAsync(conversationId, text, key, CancellationToken.None));
        }
        catch (Exception refused) when (refused is NotPermittedException or UsageLimitException or ArgumentException or ConversationNotFoundException)
        {
            Snackbar.Add(refused.Message, Severity.Error);
            return false;
        }
        catch (Exception exception)
        {
            LogNotTaken(Logger, exception, conversationId);
            throw;
        }

        await OnSent.InvokeAsync(conversationId);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("stop");
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser keeps the queue and brings it along when it comes back.
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Conversations/SendQueue.razor.js");
            _script = await module.InvokeAsync<IJSObjectReference>("start", _self, Tenant.EmployeeId);
        }
    }

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error,
        Message = "What was written in conversation {ConversationId} was not taken; the browser keeps it and tries again")]
    private static partial void LogNotTaken(ILogger logger, Exception exception, Guid conversationId);
}
