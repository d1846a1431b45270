using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Who a conversation is with, whose it is, and whether its work is done.</summary>
public sealed partial class ThreadHeader
{
    private bool _mayAssign;
    private bool _mayResolve;

    [Parameter, EditorRequired]
    public required OpenConversation Conversation { get; set; }

    [Parameter, EditorRequired]
    public required string BackAddress { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<Guid, Colleague> Colleagues { get; set; }

    /// <summary>Given anew when permissions change.</summary>
    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required Assignments Assignments { get; init; }

    [Inject]
    public required ConversationStatuses Statuses { get; init; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        _mayAssign = await Checker.MayAsync(Permissions.Assign, CancellationToken.None);
        _mayResolve = await Checker.MayAsync(Permissions.Resolve, CancellationToken.None);
    }

    private Task AssignAsync(Guid? employeeId) =>
        TryAsync(() => Assignments.AssignAsync(Conversation.Id, employeeId, CancellationToken.None));

    private Task ResolveAsync() => TryAsync(() => Statuses.ResolveAsync(Conversation.Id, CancellationToken.None));

    private Task ReopenAsync() => TryAsync(() => Statuses.ReopenAsync(Conversation.Id, CancellationToken.None));

    private async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (Exception refused) when (refused is NotPermittedException or ArgumentException or ConversationNotFoundException)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
    }
}
