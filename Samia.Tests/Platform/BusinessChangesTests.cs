using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>What the operator decides about a business, and who learns of it.</summary>
public sealed class BusinessChangesTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspending_and_restoring_are_told_to_its_screens_and_written_to_its_own_log_with_who_did_it()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var told = 0;
        await using var watch = admin.Get<LiveWatch>();
        watch.Start(batch =>
        {
            told += batch.BusinessChanged ? 1 : 0;
            return Task.CompletedTask;
        });

        await olivia.Get<BusinessChanges>().SuspendAsync(business.Id, " The invoice is not paid. ", Stop);
        await Eventually.TrueAsync(() => told > 0);
        Assert.Equal("The invoice is not paid.", (await admin.Get<SendingState>().GetAsync(Stop)).SuspendedReason);
        await olivia.Get<BusinessChanges>().RestoreAsync(business.Id, Stop);
        Assert.Null((await admin.Get<SendingState>().GetAsync(Stop)).SuspendedReason);

        var rows = await admin.Get<ActivityTrail>().PageAsync(new ActivityQuery(Area: "business"), null, Stop);
        Assert.Equal(["business.restored", "business.suspended"], rows.Select(r => r.Action));
        Assert.All(rows, r => Assert.Equal((ActorKind.Operator, olivia.Person.Name), (r.ActorKind, r.Who)));
        Assert.Contains("The invoice is not paid.", rows[1].After);
    }

    [Fact]
    public async Task A_suspension_needs_a_reason_that_its_people_can_read()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var changes = olivia.Get<BusinessChanges>();
        await Assert.ThrowsAsync<PlatformException>(() => changes.SuspendAsync(business.Id, "  ", Stop));
        await Assert.ThrowsAsync<PlatformException>(() => changes.SuspendAsync(business.Id, new string('x', 301), Stop));
        await Assert.ThrowsAsync<PlatformException>(() => changes.RestoreAsync(business.Id, Stop));
        await Assert.ThrowsAsync<PlatformException>(() => changes.SuspendAsync(Guid.NewGuid(), "no such business", Stop));
        Assert.Equal("active", await StatusAsync(business));
    }

    [Fact]
    public async Task A_plan_is_changed_to_one_that_there_is()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        await olivia.Get<BusinessChanges>().ChangePlanAsync(business.Id, Plan.Growth, Stop);
        await Assert.ThrowsAsync<PlatformException>(() => olivia.Get<BusinessChanges>().ChangePlanAsync(business.Id, "platinum", Stop));
        Assert.Equal(Plan.Growth, await Inbox.Database.ScalarAsync<string>("select plan_id from businesses where id = $1", business.Id));
        Assert.Equal($"{Plan.Scale}>{Plan.Growth}", await Inbox.Database.ScalarAsync<string>("""
            select (before ->> 'plan') || '>' || (after ->> 'plan') from activity_logs where business_id = $1 and action = 'business.plan_changed'
            """, business.Id));
    }

    [Fact]
    public async Task A_closed_business_waits_for_an_export_that_is_newer_and_can_be_restored_until_its_time_is_over()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        await ExportAsync(business);
        Assert.Null(await DeleteAfterAsync(business));

        await olivia.Get<BusinessChanges>().SuspendAsync(business.Id, "The invoice is not paid.", Stop);
        await olivia.Get<BusinessChanges>().CloseAsync(business.Id, "They asked for it.", Stop);
        Assert.Null(await DeleteAfterAsync(business));
        await Assert.ThrowsAsync<PlatformException>(() => olivia.Get<BusinessChanges>().CloseAsync(business.Id, "again", Stop));
        await Assert.ThrowsAsync<PlatformException>(() => olivia.Get<BusinessChanges>().SuspendAsync(business.Id, "again", Stop));

        await ExportAsync(business);
        var until = await DeleteAfterAsync(business);
        Assert.InRange(until!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(29), ExportRecord.Grace);
        await olivia.Get<BusinessChanges>().RestoreAsync(business.Id, Stop);
        Assert.Equal("suspended", await StatusAsync(business));
        Assert.Null(await DeleteAfterAsync(business));

        await olivia.Get<BusinessChanges>().CloseAsync(business.Id, "They asked again.", Stop);
        await Inbox.Database.ExecuteAsync("update businesses set delete_after = now() - interval '1 second' where id = $1", business.Id);
        await Assert.ThrowsAsync<PlatformException>(() => olivia.Get<BusinessChanges>().RestoreAsync(business.Id, Stop));
    }

    [Fact]
    public async Task Somebody_who_no_longer_runs_the_platform_decides_nothing()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        await Inbox.Database.ExecuteAsync("update platform_employees set is_active = false where id = $1", olivia.Person.Id);
        await Assert.ThrowsAsync<NotPlatformException>(() => olivia.Get<BusinessChanges>().SuspendAsync(business.Id, "because", Stop));
    }

    private async Task ExportAsync(TestBusiness business)
    {
        var manifest = await Inbox.Get<BusinessExport>().WriteAsync(business.Id, Stream.Null, Stop);
        await Inbox.Get<ExportRecord>().NoteAsync(manifest, "0", null, Stop);
    }

    private Task<string> StatusAsync(TestBusiness business) =>
        Inbox.Database.ScalarAsync<string>("select status from businesses where id = $1", business.Id);

    private async Task<DateTimeOffset?> DeleteAfterAsync(TestBusiness business) =>
        await Inbox.Database.ScalarAsync<object>("select delete_after from businesses where id = $1", business.Id) is DateTime at ? at : null;
}
