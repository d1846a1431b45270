using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Tests.Team;

/// <summary>What <see cref="PermissionWalkTests"/> must catch: each mistake once, and one method without any.</summary>
internal sealed class ForgetfulService(IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions)
{
    private int _done;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task SaysNothing()
    {
        await using var db = await contexts.CreateDbContextAsync(Cancellation);
    }

    internal Task SaysNothingInside() => SaysNothing();

    [RequiresPermission(Permissions.Reply)]
    public Task DoesNotAsk() => DoAsync();

    [RequiresPermission(Permissions.Reply)]
    public async Task AsksTooLate(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        await permissions.DemandAsync(Permissions.Reply, Cancellation);
    }

    [RequiresPermission(Permissions.Reply)]
    public async Task AsksForAnother()
    {
        await DoAsync();
        throw new NotPermittedException(Permissions.WriteNotes, "another");
    }

    [RequiresPermission(Permissions.Reply)]
    public async Task Asks()
    {
        await permissions.DemandAsync(Permissions.Reply, Cancellation);
        await DoAsync();
    }

    [RequiresNoPermission("It is for a test.")]
    public Task NeedNotAsk() => DoAsync();

    private Task<int> DoAsync() => Task.FromResult(_done++);
}

/// <summary>Reaches the database through another only.</summary>
internal sealed class ServiceBehindAnother(ForgetfulService another)
{
    public Task SaysNothingEither() => another.SaysNothing();
}
