using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Notifications;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Counts what a business uses of what its plan includes, per billing month, within the transaction of what is counted:
/// the counter's row is locked until that transaction ends, so count last. At 80% and at 100% the admins are told, once each.
/// </summary>
public sealed class Usage(BillingMonths months, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>From this part of a limit on it is nearly used up, in percent.</summary>
    public const int NearlyUsed = 80;

    /// <summary>Of the notifications to admins; <see cref="UsageNotice"/> is their details.</summary>
    public const string Kind = "usage.warning";

    /// <summary>Counts what cannot be refused, such as what a customer sends.</summary>
    /// <param name="db">The caller's, in a transaction.</param>
    /// <param name="live">The caller's: screens are told if the admins are.</param>
    /// <param name="metric">What.</param>
    /// <param name="amount">In the metric's unit. Storage is given back by a negative one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task CountAsync(
        SamiaDbContext db, LiveChanges live, UsageMetric metric, long amount, CancellationToken cancellationToken) =>
        await CountAsync(db, live, metric, amount, await months.CurrentAsync(db, cancellationToken), cancellationToken);

    /// <summary>The same, for what has decided already in which month it happens.</summary>
    internal async Task CountAsync(
        SamiaDbContext db, LiveChanges live, UsageMetric metric, long amount, BillingMonth month, CancellationToken cancellationToken)
    {
        var counted = await AddAsync(db, metric, amount, month, refuses: false, cancellationToken);
        await NoteAsync(db, live, metric, amount, month, counted, cancellationToken);
    }

    /// <summary>
    /// Counts what may be refused, only if the plan has room for all of it, however many ask at once. The plan is asked
    /// anew each time, so another limit holds from the next action on.
    /// </summary>
    /// <exception cref="UsageLimitException">The plan has no room for it.</exception>
    public async Task DemandAsync(
        SamiaDbContext db, LiveChanges live, UsageMetric metric, long amount, CancellationToken cancellationToken) =>
        await DemandAsync(db, live, metric, amount, await months.CurrentAsync(db, cancellationToken), cancellationToken);

    /// <summary>The same, for what has decided already in which month it happens.</summary>
    /// <exception cref="UsageLimitException">The plan has no room for it.</exception>
    internal async Task DemandAsync(
        SamiaDbContext db, LiveChanges live, UsageMetric metric, long amount, BillingMonth month, CancellationToken cancellationToken)
    {
        var counted = await AddAsync(db, metric, amount, month, refuses: true, cancellationToken);
        if (counted.Used is null)
        {
            throw new UsageLimitException(metric, Refusal(metric, counted.Plan, counted.Maximum ?? 0, month.First.AddMonths(1)));
        }

        await NoteAsync(db, live, metric, amount, month, counted, cancellationToken);
    }

    private async Task<Counted> AddAsync(
        SamiaDbContext db, UsageMetric metric, long amount, BillingMonth month, bool refuses, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Counted>($"""
            with plan as (
                select p.name, case {StoredEnum.NameOf(metric)}
                    when 'conversations' then p.monthly_conversations::bigint
                    when 'ai_replies' then p.monthly_ai_replies
                    when 'transcription_seconds' then p.monthly_transcription_minutes * 60::bigint
                    when 'storage_bytes' then p.storage_megabytes * 1000000::bigint end as maximum
                from businesses b join plans p on p.id = b.plan_id where b.id = {db.Tenant.BusinessId}),
            counted as (
                insert into usage_counters as c (business_id, id, metric, month, used)
                select {db.Tenant.BusinessId}, {Guid.CreateVersion7(time.GetUtcNow())}, {StoredEnum.NameOf(metric)}, {RowOf(metric, month)}, greatest({amount}, 0)
                from plan where not {refuses} or {amount} <= coalesce(maximum, {amount})
                on conflict (business_id, metric, month) do update set used = greatest(c.used + {amount}, 0),
                    warned_at = case when (c.used + {amount}) * 100 >= {NearlyUsed} * (select maximum from plan) then c.warned_at end
                where not {refuses} or c.used + {amount} <= coalesce((select maximum from plan), c.used + {amount})
                returning used, warned_at)
            select plan.name as plan, plan.maximum, counted.used, counted.warned_at from plan left join counted on true
            """).ToListAsync(cancellationToken);
        return rows[0];
    }

    // The counter's row is locked by now, so nobody else can cross the same line.
    private async Task NoteAsync(
        SamiaDbContext db, LiveChanges live, UsageMetric metric, long amount, BillingMonth month, Counted counted,
        CancellationToken cancellationToken)
    {
        var (now, used) = (time.GetUtcNow(), counted.Used!.Value);
        if (metric == UsageMetric.StorageBytes)
        {
            await NoteTotalAsync(db, month.First, used, now, cancellationToken);
        }

        var level = UsageOf.LevelOf(used, counted.Maximum);
        var isNews = level > UsageLevel.Fine
            && (counted.WarnedAt is null || (level == UsageLevel.UsedUp && used - amount < counted.Maximum));
        if (!isNews)
        {
            return;
        }

        var row = RowOf(metric, month);
        await db.UsageCounters.Where(c => c.Metric == metric && c.Month == row && c.WarnedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.WarnedAt, now), cancellationToken);
        await AdminNotifications.RaiseAsync(db, db.Tenant.BusinessId,
            level == UsageLevel.UsedUp ? AdminNotificationSeverity.Critical : AdminNotificationSeverity.Warning, Kind,
            string.Create(CultureInfo.InvariantCulture, $"{Kind}:{StoredEnum.NameOf(metric)}:{StoredEnum.NameOf(level)}:{month.First:yyyy-MM}"),
            new UsageNotice(StoredEnum.NameOf(metric), StoredEnum.NameOf(level), counted.Plan, used, counted.Maximum!.Value), now, cancellationToken);
        live.Business();
    }

    // What the total was at the end of each month, for the history.
    private static Task<int> NoteTotalAsync(
        SamiaDbContext db, DateOnly month, long total, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""
            insert into usage_counters (business_id, id, metric, month, used)
            values ({db.Tenant.BusinessId}, {Guid.CreateVersion7(now)}, {StoredEnum.NameOf(UsageMetric.StorageBytes)}, {month}, {total})
            on conflict (business_id, metric, month) do update set used = excluded.used
            """, cancellationToken);

    private static DateOnly RowOf(UsageMetric metric, BillingMonth month) =>
        metric == UsageMetric.StorageBytes ? UsageCounter.Total : month.First;

    private string Refusal(UsageMetric metric, string plan, long maximum, DateOnly next) => metric switch
    {
        _ when maximum == 0 => texts["Your plan, {0}, does not include this: {1}. Ask an admin to choose a larger plan.", plan, UsageFigures.Name(UsageOf.SubjectOf(metric))],
        UsageMetric.Conversations => texts["Your plan, {0}, has {1} conversations a month, and all of them are used. You can answer whoever writes to you. To begin conversations yourself, wait until {2} or ask an admin to choose a larger plan.", plan, Number(maximum), UsageFigures.Day(next)],
        UsageMetric.AiReplies => texts["Your plan, {0}, has {1} AI replies a month, and all of them are used. Your team can answer by hand. The assistant resumes on {2}, or as soon as an admin chooses a larger plan.", plan, Number(maximum), UsageFigures.Day(next)],
        UsageMetric.TranscriptionSeconds => texts["Your plan, {0}, transcribes {1} minutes of voice messages a month, and not enough is left. Voice messages can still be listened to. Transcription resumes on {2}, or as soon as an admin chooses a larger plan.", plan, Number(maximum / 60), UsageFigures.Day(next)],
        _ => texts["Your plan, {0}, has room for {1} of files, and not enough is left. Delete files that you no longer need, or ask an admin to choose a larger plan.", plan, UsageFigures.Bytes(maximum)],
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private sealed record Counted
    {
        public required string Plan { get; init; }
        public long? Maximum { get; init; }

        /// <summary>Afterwards; null if it was refused.</summary>
        public long? Used { get; init; }
        public DateTimeOffset? WarnedAt { get; init; }
    }
}

/// <summary>The details of a notification of the kind <see cref="Usage.Kind"/>.</summary>
/// <param name="Metric">As the database calls it.</param>
/// <param name="Level"><c>nearly_used_up</c> or <c>used_up</c>.</param>
/// <param name="Plan">What the plan was called then.</param>
/// <param name="Used">In the metric's unit, like the limit.</param>
public sealed record UsageNotice(string Metric, string Level, string Plan, long Used, long Limit);
