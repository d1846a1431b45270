using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly;
using Polly.Retry;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>The end of an entry, as the tenant.</summary>
[RequiresProduct]
internal sealed class OutboxCompletion(IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant)
{
    // What is written when WhatsApp has answered is worth some patience: without it the answer counts as lost.
    private static readonly ResiliencePipeline Patient = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(IsOfTheDatabase),
        MaxRetryAttempts = 6,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(100),
        UseJitter = true,
    }).Build();

    /// <summary>Runs a write that may run again, until the database takes it, for some seconds.</summary>
    public static Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken) =>
        Patient.ExecuteAsync(async ct => await write(ct), cancellationToken).AsTask();

    public Task RemoveAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return WriteAsync(async ct =>
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Outbox.Where(o => o.Id == claim.Id).ExecuteDeleteAsync(ct);
        }, cancellationToken);
    }

    /// <summary>The database is away or busy: no fault of what was to be written.</summary>
    public static bool IsOfTheDatabase(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } or TimeoutException
        || (exception.InnerException is { } inner && IsOfTheDatabase(inner));
}
