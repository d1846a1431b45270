using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Samia.Inbox.Team;

namespace Samia.Inbox.Live;

/// <summary>
/// The same live events for clients that are not circuits: the client method <c>live</c> receives each
/// <see cref="LiveEvent"/> of the business that the caller is signed in to.
/// </summary>
[Authorize]
public sealed class InboxHub : Hub
{
    public const string Path = "/hubs/inbox";

    public static string GroupOf(Guid businessId) => $"business:{businessId:N}";

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(Context.User!.BusinessId), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }
}
