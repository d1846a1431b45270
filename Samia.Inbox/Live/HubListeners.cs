using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Live;

/// <summary>
/// Decides what each connection of the hub hears, and again whenever permissions change. Whoever sees every conversation
/// is in the business's group; anybody else is told by this node, and only of the conversations that are theirs.
/// </summary>
[RequiresNoPermission("It asks for each connection what it may see.")]
internal sealed partial class HubListeners(
    IServiceProvider services, LiveFeed feed, IHubContext<InboxHub> hub, ILogger<HubListeners> logger)
{
    /// <summary>A client that is so many events behind is told to read anew.</summary>
    private const int Most = 256;

    /// <summary>Listens for a connection that opens, until it ends.</summary>
    public async Task ListenAsync(HubCallerContext caller)
    {
        var events = Channel.CreateBounded<LiveEvent>(Most);
        var missed = 0;
        var subscription = feed.Subscribe(caller.User!.BusinessId, live =>
        {
            if (!events.Writer.TryWrite(live))
            {
                Interlocked.Exchange(ref missed, 1);
            }
        });
        var ear = new Ear(caller.ConnectionId, services.CreateTenantScope(caller.User!.BusinessId, caller.User!.EmployeeId), hub);
        try
        {
            await ear.LookAsync(caller.ConnectionAborted);
            await ear.HearAsync(LiveEvent.Missed(caller.User!.BusinessId), caller.ConnectionAborted);
        }
        catch
        {
            subscription.Dispose();
            await ear.DisposeAsync();
            throw;
        }

        _ = PumpAsync();

        // Ends with the connection.
        async Task PumpAsync()
        {
            try
            {
                await foreach (var live in events.Reader.ReadAllAsync(caller.ConnectionAborted))
                {
                    await ear.HearAsync(Interlocked.Exchange(ref missed, 0) == 1 ? LiveEvent.Missed(live.BusinessId) : live, caller.ConnectionAborted);
                }
            }
            catch (OperationCanceledException) when (caller.ConnectionAborted.IsCancellationRequested)
            {
            }
            catch (Exception unexpected)
            {
                LogDeaf(unexpected, caller.User!.EmployeeId);
            }
            finally
            {
                subscription.Dispose();
                await ear.DisposeAsync();
                // Whoever would hear the wrong things, or nothing, connects again.
                caller.Abort();
            }
        }
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Error, Message = "The connection of employee {EmployeeId} is closed: what it may hear cannot be decided")]
    private partial void LogDeaf(Exception exception, Guid employeeId);

    private sealed class Ear(string connectionId, AsyncServiceScope scope, IHubContext<InboxHub> hub) : IAsyncDisposable
    {
        private ConversationSight? _sight;

        public ValueTask DisposeAsync() => scope.DisposeAsync();

        /// <returns>Whether it hears something else than before.</returns>
        public async Task<bool> LookAsync(CancellationToken cancellationToken)
        {
            var sight = await scope.ServiceProvider.GetRequiredService<VisibleConversations>().SightAsync(cancellationToken);
            if (sight == _sight)
            {
                return false;
            }

            var group = InboxHub.GroupOf(scope.ServiceProvider.GetRequiredService<Samia.Data.TenantContext>().BusinessId);
            if (sight.IsAll)
            {
                await hub.Groups.AddToGroupAsync(connectionId, group, cancellationToken);
            }
            else if (_sight is not null)
            {
                await hub.Groups.RemoveFromGroupAsync(connectionId, group, cancellationToken);
            }

            _sight = sight;
            return true;
        }

        public async Task HearAsync(LiveEvent live, CancellationToken cancellationToken)
        {
            if (live.PermissionsChanged || live.BusinessChanged || live.MissedSome)
            {
                scope.ServiceProvider.GetRequiredService<PermissionChecker>().Forget();
                if (await LookAsync(cancellationToken))
                {
                    // What it has read may not be its to see any more, or lack what is.
                    live = LiveEvent.Missed(live.BusinessId) with { PermissionsChanged = true };
                }
            }

            // Of the rest the group tells.
            if (live.MissedSome || _sight is not { IsAll: true })
            {
                await hub.Clients.Client(connectionId).SendAsync("live", await FilterAsync(live, cancellationToken), cancellationToken);
            }
        }

        private async Task<LiveEvent> FilterAsync(LiveEvent live, CancellationToken cancellationToken) => live with
        {
            ConversationIds = _sight == ConversationSight.Nothing || live.ConversationIds.Count == 0
                ? []
                : await scope.ServiceProvider.GetRequiredService<VisibleConversations>().OfTheseAsync(live.ConversationIds, cancellationToken),
        };
    }
}
