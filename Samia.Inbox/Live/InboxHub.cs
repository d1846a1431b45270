using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Samia.Inbox.Team;

namespace Samia.Inbox.Live;

/// <summary>
/// The same live events for clients that are not circuits: the client method <c>live</c> receives each
/// <see cref="LiveEvent"/> of the business that the caller is signed in to, with those of its conversations that the
/// caller may see. The first one says that everything is to be read: from then on none is left out.
/// </summary>
[Authorize]
public sealed class InboxHub : Hub
{
    public const string Path = "/hubs/inbox";

    public static string GroupOf(Guid businessId) => $"business:{businessId:N}";

    public override async Task OnConnectedAsync()
    {
        await Context.GetHttpContext()!.RequestServices.GetRequiredService<HubListeners>().ListenAsync(Context);
        await base.OnConnectedAsync();
    }
}
