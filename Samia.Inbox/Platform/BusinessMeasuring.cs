using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Counts, every few minutes, the messages of those businesses in which something has happened since: of the days that
/// may have changed, each by one range of ids. So the path of a message pays nothing for it, and the operator's list
/// counts nothing. With the first count of a day all days are counted anew, because a message may come a week late. Each
/// business is measured as itself.
/// </summary>
internal sealed partial class BusinessMeasuring(
    IDbContextFactory<PlatformDbContext> contexts, IServiceProvider services, IOptions<PlatformOptions> options,
    TimeProvider time, ILogger<BusinessMeasuring> logger) : BackgroundService
{
    /// <summary>How many days the operator sees, today included.</summary>
    public const int Days = 30;

    // A message of yesterday may have arrived today.
    private const int DaysThatMayChange = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MeasureEvery, time);
        do
        {
            try
            {
                foreach (var (id, sequence) in await ChangedAsync(stoppingToken))
                {
                    await MeasureAsync(id, sequence, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotMeasured(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<(Guid, long)>> ChangedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changed = await db.Businesses.Where(b => b.LiveSequence != b.MeasuredSequence)
            .Select(b => new { b.Id, b.LiveSequence }).ToListAsync(cancellationToken);
        return changed.ConvertAll(b => (b.Id, b.LiveSequence));
    }

    private async Task MeasureAsync(Guid businessId, long sequence, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateTenantScope(businessId);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = await db.BusinessDays.MaxAsync(d => (DateOnly?)d.Day, cancellationToken);
        for (var day = today.AddDays(1 - (last == today ? DaysThatMayChange : Days)); day <= today; day = day.AddDays(1))
        {
            // Ids begin with the time at which a message was sent, so a day is a range of the primary key.
            await db.Database.ExecuteSqlAsync($"""
                insert into business_days (business_id, id, day, messages)
                select {businessId}, {Guid.CreateVersion7(time.GetUtcNow())}, {day}, count(*) from messages
                where business_id = {businessId} and id >= {MessageIds.Floor(Midnight(day))} and id < {MessageIds.Floor(Midnight(day.AddDays(1)))}
                having count(*) > 0 or {day} = {today}
                on conflict (business_id, day) do update set messages = excluded.messages
                """, cancellationToken);
        }

        var lastActivity = await LastActivityAsync(db, cancellationToken);
        await db.Businesses.Where(b => b.Id == businessId).ExecuteUpdateAsync(b => b
            .SetProperty(x => x.LastActivityAt, lastActivity).SetProperty(x => x.MeasuredSequence, sequence), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // One look into the index of the list for each status.
    private static async Task<DateTimeOffset?> LastActivityAsync(SamiaDbContext db, CancellationToken cancellationToken)
    {
        DateTimeOffset? latest = null;
        foreach (var status in Enum.GetValues<ConversationStatus>())
        {
            var at = await db.Conversations.Where(c => c.Status == status).OrderByDescending(c => c.LastActivityAt)
                .Select(c => (DateTimeOffset?)c.LastActivityAt).FirstOrDefaultAsync(cancellationToken);
            latest = latest is null || at > latest ? at ?? latest : latest;
        }

        return latest;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    [LoggerMessage(EventId = 8101, Level = LogLevel.Warning, Message = "Businesses could not be measured; what the operator sees is older")]
    private partial void LogNotMeasured(Exception exception);
}
