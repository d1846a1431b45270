using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Conversations;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Platform;

/// <summary>Somebody of the platform enters a business for support, and it knows.</summary>
public sealed class SupportVisitTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private const string Reason = "They asked why a webhook fails.";

    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("too short", 60)]
    [InlineData("         .        ", 60)]
    [InlineData(Reason, 90)]
    [InlineData(Reason, 0)]
    public async Task It_needs_a_reason_and_one_of_three_lengths(string reason, int minutes)
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        await Assert.ThrowsAsync<PlatformException>(() =>
            olivia.Get<SupportVisits>().StartAsync(business.Id, reason, TimeSpan.FromMinutes(minutes), Stop));
        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>("select count(*) from support_visits where business_id = $1", business.Id));
    }

    [Fact]
    public async Task The_visitor_looks_and_repairs_but_neither_speaks_nor_marks_as_read_and_all_of_it_is_in_the_log()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var agent = Desk.Of(Inbox, business);
        var conversation = await agent.ReceiveAsync("hello");
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        await using var scope = Inbox.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().EnterForSupport(business.Id, visit);

        Assert.Single(await scope.ServiceProvider.GetRequiredService<ConversationList>().PageAsync(new(ConversationTab.All), null, 10, Stop));
        await Assert.ThrowsAsync<NotPermittedException>(() => scope.ServiceProvider.GetRequiredService<Sender>().SendTextAsync(conversation, "hi", Guid.NewGuid(), Stop));
        await Assert.ThrowsAsync<NotPermittedException>(() => scope.ServiceProvider.GetRequiredService<ReadMarker>().MarkReadAsync(conversation, Stop));
        await Assert.ThrowsAsync<NotPermittedException>(() => scope.ServiceProvider.GetRequiredService<Notes>().AddAsync(conversation, "note", Guid.NewGuid(), Stop));
        await scope.ServiceProvider.GetRequiredService<Teams>().CreateAsync(new TeamDetails("Night shift", "", []), Stop);
        await olivia.Get<SupportVisits>().LeaveAsync(business.Id, visit, Stop);
        await Assert.ThrowsAsync<NotPermittedException>(async () =>
        {
            // What was read is believed for some seconds, within one scope.
            await using var later = Inbox.Services.CreateAsyncScope();
            later.ServiceProvider.GetRequiredService<TenantContext>().EnterForSupport(business.Id, visit);
            await later.ServiceProvider.GetRequiredService<ConversationList>().PageAsync(new(ConversationTab.All), null, 10, Stop);
        });

        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var rows = await admin.Get<ActivityTrail>().PageAsync(new ActivityQuery(), null, Stop);
        var ofVisit = rows.Where(r => r.ActorKind == ActorKind.Support).ToList();
        Assert.Equal(["support.left", "team.created", "support.entered"], ofVisit.Select(r => r.Action));
        Assert.All(ofVisit, r => Assert.Equal(olivia.Person.Name, r.Who));
        Assert.Contains(Reason, ofVisit[^1].After);
        Assert.Equal(1, (await agent.ConversationAsync(conversation)).UnreadCount);
    }

    [Fact]
    public async Task The_business_sees_the_visit_and_an_admin_ends_it_at_once()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromHours(4), Stop);
        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var seen = Assert.Single(await admin.Get<VisitsOfBusiness>().ListAsync(Stop));
        Assert.Equal((visit, olivia.Person.Name, Reason, true), (seen.Id, seen.Visitor, seen.Reason, seen.IsOpen(DateTimeOffset.UtcNow)));

        var told = 0;
        using var subscription = Inbox.Get<SignInChanges>().Subscribe(olivia.Person.UserId, () => told++);
        await admin.Get<VisitsOfBusiness>().EndAsync(visit, Stop);
        Assert.True(told > 0);
        Assert.Null(await olivia.Get<SupportVisits>().OpenAsync(business.Id, visit, Stop));
        var ended = Assert.Single(await admin.Get<VisitsOfBusiness>().ListAsync(Stop));
        Assert.Equal((SupportVisitEnding.SentAway, admin.EmployeeId), (ended.Ending, ended.EndedBy));
        await Assert.ThrowsAsync<PlatformException>(() => admin.Get<VisitsOfBusiness>().EndAsync(visit, Stop));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and action = 'support.sent_away' and employee_id = $2", business.Id, admin.EmployeeId));
    }

    [Fact]
    public async Task A_visit_that_runs_out_is_noted_once()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        await Inbox.Database.ExecuteAsync(
            "update support_visits set started_at = now() - interval '16 minutes', ends_at = now() - interval '1 second' where id = $1", visit);
        Assert.Null(await olivia.Get<SupportVisits>().OpenAsync(business.Id, visit, Stop));
        await Eventually.TrueAsync(async () => await Inbox.Database.ScalarAsync<long>(
            "select count(*) from support_visits where id = $1 and ending = 'ran_out' and left_at = ends_at", visit) == 1);
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and action = 'support.ran_out'", business.Id));
    }

    [Fact]
    public async Task The_cookie_of_a_visit_enters_the_business_and_is_the_operators_own_again_when_it_is_over()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var person = await TestOperator.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox, person);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        using var visitor = new WebVisitor(Inbox);
        visitor.Cookies.Add(visitor.Address, await person.SignInAsync(Inbox));

        using (var inbox = await visitor.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, inbox.StatusCode);
        }

        using (var entered = await visitor.GetAsync(SupportEndpoints.AddressOf(business.Id, visit)))
        {
            Assert.Equal("/", visitor.LocationOf(entered));
        }

        Assert.True(await visitor.IsSignedInAsync());
        await Inbox.Database.ExecuteAsync("update support_visits set ends_at = started_at + interval '1 millisecond' where id = $1", visit);
        using (var inbox = await visitor.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, inbox.StatusCode);
        }

        using var signIn = await visitor.GetAsync("/sign-in");
        Assert.Equal(PlatformAccess.Home, visitor.LocationOf(signIn));
    }

    [Fact]
    public async Task A_visit_is_entered_by_nobody_but_its_visitor()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        await using var other = await OperatorDesk.OpenAsync(Inbox);
        Assert.Null(await other.Get<SupportVisits>().OpenAsync(business.Id, visit, Stop));
        await other.Get<SupportVisits>().LeaveAsync(business.Id, visit, Stop);
        Assert.NotNull(await olivia.Get<SupportVisits>().OpenAsync(business.Id, visit, Stop));

        using var admin = new WebVisitor(Inbox);
        await admin.SignInAsync(business, SeededRoles.Admin);
        using var refused = await admin.GetAsync(SupportEndpoints.AddressOf(business.Id, visit));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_visit_too()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var person = await TestOperator.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox, person);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        using var visitor = new WebVisitor(Inbox);
        visitor.Cookies.Add(visitor.Address, await person.SignInAsync(Inbox));
        using var entered = await visitor.GetAsync(SupportEndpoints.AddressOf(business.Id, visit));
        using var left = await visitor.PostAsync("/sign-out", ("__RequestVerificationToken", await visitor.AntiforgeryTokenAsync("/choose-business")));
        Assert.Equal("/sign-in", visitor.LocationOf(left));
        Assert.Equal("left", await Inbox.Database.ScalarAsync<string>("select ending from support_visits where id = $1", visit));
    }

    [Fact]
    public async Task A_closed_business_is_not_visited_and_a_visit_ends_when_it_closes()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var olivia = await OperatorDesk.OpenAsync(Inbox);
        var visit = await olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop);
        await olivia.Get<BusinessChanges>().CloseAsync(business.Id, "They asked for it.", Stop);
        Assert.Null(await olivia.Get<SupportVisits>().OpenAsync(business.Id, visit, Stop));
        await Assert.ThrowsAsync<PlatformException>(() => olivia.Get<SupportVisits>().StartAsync(business.Id, Reason, TimeSpan.FromMinutes(15), Stop));
    }
}
