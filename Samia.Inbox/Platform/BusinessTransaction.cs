using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Changes one business from outside, as <c>samia_platform</c>: its row is locked, and after the commit its people's
/// screens are told. What is done is written to its log by whoever calls.
/// </summary>
[RequiresNoPermission("The operator's services ask before they call it.")]
public sealed class BusinessTransaction(
    IDbContextFactory<PlatformDbContext> contexts, LivePublisher publisher, IStringLocalizer<Texts> texts)
{
    /// <exception cref="PlatformException">There is no such business.</exception>
    public Task<T> RunAsync<T>(
        Guid businessId, Func<PlatformDbContext, Business, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(businessId, (_, _) => Task.CompletedTask, work, cancellationToken);

    /// <param name="businessId">Which.</param>
    /// <param name="before">In the same transaction, while nobody waits for the business's row yet: what takes its time.</param>
    /// <param name="work">With the row locked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlatformException">There is no such business.</exception>
    public async Task<T> RunAsync<T>(
        Guid businessId, Func<PlatformDbContext, CancellationToken, Task> before,
        Func<PlatformDbContext, Business, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await before(db, cancellationToken);
        var business = await db.Businesses.FromSql($"select * from businesses where id = {businessId} for no key update")
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new PlatformException(texts["There is no such business any more."]);
        var result = await work(db, business, cancellationToken);
        business.LiveSequence++;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var changes = new LiveChanges();
        changes.Business();
        await publisher.PublishAsync(changes.ToEvent(businessId, business.LiveSequence));
        return result;
    }

    /// <exception cref="PlatformException">There is no such business.</exception>
    public Task RunAsync(
        Guid businessId, Func<PlatformDbContext, Business, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync<object?>(businessId, async (db, business, ct) =>
        {
            await work(db, business, ct);
            return null;
        }, cancellationToken);

    /// <exception cref="PlatformException">There is no such business.</exception>
    public Task RunAsync(Guid businessId, Action<PlatformDbContext, Business> work, CancellationToken cancellationToken) =>
        RunAsync<object?>(businessId, (db, business, _) =>
        {
            work(db, business);
            return Task.FromResult<object?>(null);
        }, cancellationToken);
}

/// <summary>The operator cannot do this. The message is for people.</summary>
public sealed class PlatformException(string message) : RefusedException(message);
