using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// The bubbles of a thread, a window of them. The script tells when an edge of the window scrolls into sight, and when
/// a person can see what is new.
/// </summary>
public sealed partial class ThreadView : IAsyncDisposable
{
    private DotNetObjectReference<ThreadView>? _self;
    private IJSObjectReference? _script;
    private ElementReference _root;
    private LocalTime _time = null!;
    private bool _isSeen;
    private bool _loading;

    [Parameter, EditorRequired]
    public required ThreadModel Thread { get; set; }

    [Parameter, EditorRequired]
    public required string CustomerName { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, Colleague> Colleagues { get; set; }

    /// <summary>The newest message is in somebody's sight.</summary>
    [Parameter]
    public EventCallback OnSeen { get; set; }

    [Parameter]
    public EventCallback<Guid> OnSendAgain { get; set; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The thread was read again.</summary>
    public Task ChangedAsync() => _isSeen ? OnSeen.InvokeAsync() : Task.CompletedTask;

    /// <summary>Scrolls to the end, such as after sending.</summary>
    public async Task ShowNewestAsync()
    {
        StateHasChanged();
        if (_script is not null)
        {
            await _script.InvokeVoidAsync("toNewest");
        }
    }

    [JSInvokable]
    public async Task EdgeReachedAsync(string edge)
    {
        if (_loading)
        {
            return;
        }

        _loading = true;
        try
        {
            await (edge == "older" ? Thread.LoadOlderAsync(CancellationToken.None) : Thread.LoadNewerAsync(CancellationToken.None));
            StateHasChanged();
        }
        finally
        {
            _loading = false;
        }
    }

    [JSInvokable]
    public Task SeenAsync(bool isSeen)
    {
        _isSeen = isSeen;
        return isSeen ? OnSeen.InvokeAsync() : Task.CompletedTask;
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
            // The browser is gone, and its observers with it.
        }

        _self?.Dispose();
    }

    protected override void OnParametersSet() => _time = new LocalTime(Zone, Clock.GetUtcNow());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Conversations/ThreadView.razor.js");
            _script = await module.InvokeAsync<IJSObjectReference>("start", _root, _self);
        }
    }

    private string NameOf(Guid? employeeId) =>
        employeeId is { } id && Colleagues.TryGetValue(id, out var colleague) ? colleague.Name : L["Somebody"];

    private string AuthorOf(ThreadMessage message) => message.Author switch
    {
        MessageAuthor.Customer => CustomerName,
        MessageAuthor.Employee => NameOf(message.EmployeeId),
        MessageAuthor.PhoneApp => L["WhatsApp on the phone"],
        MessageAuthor.Assistant => L["Assistant"],
        MessageAuthor.Api => L["API"],
        _ => "WhatsApp",
    };
}
