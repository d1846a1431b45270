using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Where an employee writes. Its script owns the text, keeps it as a draft here, and hands it to <see cref="SendQueue"/>.
/// </summary>
public sealed partial class Composer : WorkingComponent
{
    private DotNetObjectReference<Composer>? _self;
    private IJSObjectReference? _script;
    private ElementReference _root;
    private bool _checked;
    private bool _mayReply;
    private bool _mayNote;
    private bool _asNote;

    [Parameter, EditorRequired]
    public required Guid ConversationId { get; set; }

    /// <summary>Until when WhatsApp takes free-form messages.</summary>
    [Parameter]
    public DateTimeOffset? WindowClosesAt { get; set; }

    /// <summary>The conversations that were merged into this one.</summary>
    [Parameter]
    public IReadOnlyList<Guid> FormerIds { get; set; } = [];

    /// <summary>Given anew when permissions change.</summary>
    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required Drafts Drafts { get; init; }

    [Inject]
    public required TenantContext Tenant { get; init; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    private bool IsOpen => _checked && (_mayReply || _mayNote);

    private bool IsWindowClosed => WindowClosesAt is null || WindowClosesAt < Clock.GetUtcNow();

    /// <summary>
    /// Called by the script while somebody types, and when they turn to something else: the last words are saved although
    /// the composer has gone.
    /// </summary>
    [JSInvokable]
    public Task SaveDraftAsync(string text, Guid key) =>
        Drafts.SaveAsync(ConversationId, new Draft(text, key), CancellationToken.None);

    /// <summary>Called by the script with what the browser still holds of this conversation and of the former ones.</summary>
    [JSInvokable]
    public Task<Draft> RestoreDraftAsync(Draft? local, IReadOnlyList<Draft> former) =>
        Drafts.RestoreAsync(ConversationId, local, former, Gone);

    protected override async ValueTask LeaveAsync() => await StopAsync();

    // Each time, because a role or a suspension takes the right to reply away and gives it back while the page is open.
    protected override async Task OnParametersSetAsync()
    {
        var mayReply = await Checker.MayAsync(Permissions.Reply, Gone);
        _mayNote = await Checker.MayAsync(Permissions.WriteNotes, Gone);
        _asNote = mayReply == _mayReply && _checked ? _asNote : !mayReply;
        _mayReply = mayReply;
        _checked = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsOpen && _self is null)
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Conversations/Composer.razor.js");
            _script = await module.InvokeAsync<IJSObjectReference>(
                "start", _root, _self, Tenant.EmployeeId, ConversationId, FormerIds);
        }

        // Also if it was closed while the script was starting.
        if (!IsOpen && _script is not null)
        {
            await StopAsync();
        }
    }

    private async Task StopAsync()
    {
        var (script, self) = (_script, _self);
        (_script, _self) = (null, null);
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("stop");
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser keeps the text and brings it along when it comes back.
        }

        self?.Dispose();
    }
}
