using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Businesses;

/// <summary>A business on a plan of its own, and what it uses.</summary>
internal sealed record UsageDesk(TestInbox Inbox, TestBusiness Business)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="limits">Columns of <c>plans</c>; those not named do not limit.</param>
    public static async Task<UsageDesk> OpenAsync(TestInbox inbox, string timeZone = "Asia/Beirut", params (string Column, int Limit)[] limits)
    {
        var desk = new UsageDesk(inbox, await TestBusiness.CreateAsync(inbox));
        await inbox.Database.ExecuteAsync("""
            insert into plans (id, name, rank, currency, monthly_price)
            values (left($1::text, 30), 'Cedar', (select max(rank) + 1 from plans), 'USD', 49)
            """, desk.Business.Id.ToString());
        await inbox.Database.ExecuteAsync("update businesses set plan_id = left(id::text, 30), time_zone = $2 where id = $1", desk.Business.Id, timeZone);
        foreach (var (column, limit) in limits)
        {
            await desk.LimitAsync(column, limit);
        }

        return desk;
    }

    /// <summary>The operator edits the plan.</summary>
    public Task LimitAsync(string column, int limit) => Inbox.Database.ExecuteAsync(
        $"update plans set {column} = $2 where id = (select plan_id from businesses where id = $1)", Business.Id, limit);

    public Task CountAsync(UsageMetric metric, long amount, TestInbox? node = null) =>
        InTransactionAsync(node, (usage, db, live, ct) => usage.CountAsync(db, live, metric, amount, ct));

    public Task DemandAsync(UsageMetric metric, long amount = 1, TestInbox? node = null) =>
        InTransactionAsync(node, (usage, db, live, ct) => usage.DemandAsync(db, live, metric, amount, ct));

    public Task<long> UsedAsync(UsageMetric metric, DateOnly month) => Inbox.Database.ScalarAsync<long>(
        "select coalesce(sum(used), 0)::bigint from usage_counters where business_id = $1 and metric = $2 and month = $3",
        Business.Id, StoredEnum.NameOf(metric), month);

    public Task<long> UsedEverAsync(UsageMetric metric) => Inbox.Database.ScalarAsync<long>(
        "select coalesce(sum(used), 0)::bigint from usage_counters where business_id = $1 and metric = $2", Business.Id, StoredEnum.NameOf(metric));

    /// <summary>The most urgent last.</summary>
    public Task<List<AdminNotification>> NotificationsAsync() => InScopeAsync(Inbox, async (services, ct) =>
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(ct);
        return (await db.AdminNotifications.AsNoTracking().ToListAsync(ct)).OrderBy(n => n.Severity).ToList();
    });

    private async Task InTransactionAsync(TestInbox? node, Func<Usage, SamiaDbContext, LiveChanges, CancellationToken, Task> work) =>
        await InScopeAsync(node ?? Inbox, async (services, ct) =>
        {
            await services.GetRequiredService<LiveTransaction>().RunAsync(
                (db, live, token) => work(services.GetRequiredService<Usage>(), db, live, token), ct);
            return true;
        });

    private async Task<T> InScopeAsync<T>(TestInbox node, Func<IServiceProvider, CancellationToken, Task<T>> work)
    {
        await using var scope = node.Services.CreateTenantScope(Business.Id);
        return await work(scope.ServiceProvider, Cancellation);
    }
}
