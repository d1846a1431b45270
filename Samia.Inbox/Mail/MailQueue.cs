using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly;
using Polly.Retry;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Mail;

/// <summary>The mails that wait, as every node's dispatcher shares them.</summary>
[RequiresNoPermission("The dispatcher sends mails whoever caused them, and they say nothing outside.")]
internal sealed class MailQueue(IDbContextFactory<PlatformDbContext> contexts, MailProtector protector)
{
    // A mail that was sent and is not deleted is sent again: worth some patience.
    private static readonly ResiliencePipeline Patient = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(e => e.IsTransient).Handle<TimeoutException>()
            .Handle<InvalidOperationException>(e => e.InnerException is NpgsqlException { IsTransient: true }),
        MaxRetryAttempts = 6,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(100),
        UseJitter = true,
    }).Build();

    /// <summary>Takes the mail that has been due longest, for this node alone until the time given, and counts the try.</summary>
    /// <returns>Null if nothing is due.</returns>
    public async Task<QueuedMail?> ClaimAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var claimed = await db.QueuedMails.FromSql($"""
            update mails set claimed_until = {until}, attempts = attempts + 1
            where id = (select id from mails where due_at <= {now} and (claimed_until is null or claimed_until <= {now})
                order by due_at limit 1 for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    /// <summary>Sent, or given up.</summary>
    public Task RemoveAsync(QueuedMail mail, CancellationToken cancellationToken) => Patient.ExecuteAsync(async ct =>
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.QueuedMails.Where(m => m.Id == mail.Id).ExecuteDeleteAsync(ct);
    }, cancellationToken).AsTask();

    /// <summary>Gives the mail back, unless somebody else has taken it up by now.</summary>
    public async Task LaterAsync(QueuedMail mail, DateTimeOffset dueAt, string error, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.QueuedMails.Where(m => m.Id == mail.Id && m.ClaimedUntil == mail.ClaimedUntil).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.DueAt, dueAt).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null)
            .SetProperty(m => m.LastError, error), cancellationToken);
    }

    /// <summary>Encrypts what waits with the newest key.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EncryptAnewAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var count = 0;
        foreach (var mail in await db.QueuedMails.Select(m => new { m.Id, m.Content }).ToListAsync(cancellationToken))
        {
            var renewed = protector.Renew(mail.Id, mail.Content);
            // What was sent meanwhile is gone.
            count += await db.QueuedMails.Where(m => m.Id == mail.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Content, renewed), cancellationToken);
        }

        return count;
    }

    /// <summary>Since when the mail that has waited longest waits; null if none does.</summary>
    public async Task<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.QueuedMails.MinAsync(m => (DateTimeOffset?)m.CreatedAt, cancellationToken);
    }
}
