using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Enters the caller's business in the scope of each call of a hub, and closes the connection of somebody whose
/// sign-in has ended.
/// </summary>
internal sealed partial class SignedInHubFilter(
    Employments employments, SignInChanges changes, IOptions<SignInOptions> options, TimeProvider time,
    ILogger<SignedInHubFilter> logger) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Enter(invocationContext.ServiceProvider, invocationContext.Context);
        return next(invocationContext);
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        Enter(context.ServiceProvider, context.Context);
        await next(context);
        _ = WatchAsync(context.Context);
    }

    // Ends with the connection, which is what it watches.
    private async Task WatchAsync(HubCallerContext caller)
    {
        try
        {
            var changed = new SemaphoreSlim(0);
            using var told = changes.Subscribe(caller.User!.UserId, () => changed.Release());
            do
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(caller.ConnectionAborted);
                await await Task.WhenAny(changed.WaitAsync(waiting.Token),
                    Task.Delay(options.Value.RevalidateEvery, time, waiting.Token));
                await waiting.CancelAsync();
            }
            while (await employments.MayStayAsync(caller.User!, caller.ConnectionAborted));
        }
        catch (OperationCanceledException) when (caller.ConnectionAborted.IsCancellationRequested)
        {
        }
        catch (Exception unexpected)
        {
            LogUnwatched(unexpected, caller.User!.UserId);
        }
        finally
        {
            // Whom nobody watches may not stay.
            caller.Abort();
        }
    }

    private static void Enter(IServiceProvider services, HubCallerContext caller) =>
        services.GetRequiredService<TenantContext>().EnterAs(caller.User!);

    [LoggerMessage(EventId = 5009, Level = LogLevel.Error, Message = "The connection of user {UserId} is closed: its sign-in cannot be checked")]
    private partial void LogUnwatched(Exception exception, Guid userId);
}
