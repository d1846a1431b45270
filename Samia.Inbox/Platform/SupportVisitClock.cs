using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Platform;

/// <summary>
/// Notes in the business's log when the time of a support visit ran out. It ends nothing: from that moment on nobody
/// believes the visit, whether this has looked or not.
/// </summary>
internal sealed partial class SupportVisitClock(
    IDbContextFactory<PlatformDbContext> contexts, BusinessTransaction transaction, IOptions<PlatformOptions> options,
    TimeProvider time, ILogger<SupportVisitClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.EndVisitsEvery, time);
        do
        {
            try
            {
                foreach (var (businessId, visitId) in await OverAsync(stoppingToken))
                {
                    await NoteAsync(businessId, visitId, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotNoted(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<(Guid BusinessId, Guid VisitId)>> OverAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var over = await db.SupportVisits.Where(v => v.LeftAt == null && v.EndsAt <= now)
            .Select(v => new { v.BusinessId, v.Id }).ToListAsync(cancellationToken);
        return over.ConvertAll(v => (v.BusinessId, v.Id));
    }

    private Task NoteAsync(Guid businessId, Guid visitId, CancellationToken cancellationToken) =>
        transaction.RunAsync(businessId, async (db, _, ct) =>
        {
            // Another node may have been quicker: the business's row lets one at a time pass.
            if (await db.SupportVisits.SingleOrDefaultAsync(v => v.BusinessId == businessId && v.Id == visitId && v.LeftAt == null, ct) is { } visit)
            {
                (visit.LeftAt, visit.Ending) = (visit.EndsAt, SupportVisitEnding.RanOut);
                db.Add(new ActivityLog
                {
                    BusinessId = businessId, At = visit.EndsAt, Action = "support.ran_out", SubjectId = visitId, SubjectName = visit.VisitorName,
                });
            }
        }, cancellationToken);

    [LoggerMessage(EventId = 8102, Level = LogLevel.Warning, Message = "The end of a support visit could not be noted")]
    private partial void LogNotNoted(Exception exception);
}
