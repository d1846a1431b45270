using System.Net;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Accepting an invitation, of which the link is all that somebody has.</summary>
public sealed class AcceptingTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private const string Password = "Newcomer-horse-9";

    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_sets_name_and_password_and_works_there()
    {
        var (business, email, link) = await InvitedAsync();
        using var visitor = new WebVisitor(Inbox);
        using var opened = await visitor.GetAsync(link);
        Assert.Equal(InvitationPage.Address, visitor.LocationOf(opened));
        var page = WebUtility.HtmlDecode(await visitor.ReadAsync(InvitationPage.Address));
        Assert.Contains("Work for Cedar Dental", page);
        Assert.Contains("Admin One invites you, with the role Agent.", page);

        using var weak = await visitor.SubmitFormAsync(InvitationPage.Address, "join", ("name", "Maya"), ("password", "short"));
        Assert.StartsWith("Take a password of at least 10", await WebVisitor.ProblemOf(weak));
        using var nameless = await visitor.SubmitFormAsync(InvitationPage.Address, "join", ("name", " "), ("password", Password));
        Assert.Equal("Write a name.", await WebVisitor.ProblemOf(nameless));
        using var joined = await visitor.SubmitFormAsync(InvitationPage.Address, "join", ("name", " Maya H. "), ("password", Password));
        Assert.Equal("/", visitor.LocationOf(joined));
        Assert.True(await visitor.IsSignedInAsync());

        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var employee = await admin.ReadAsync(db => db.Employees.Include(e => e.Role).SingleAsync(e => e.Name == "Maya H.", Cancellation));
        Assert.Equal(SeededRoles.Agent, employee.Role!.Name);
        Assert.Equal(1, await admin.ReadAsync(db => db.TeamMembers.CountAsync(m => m.EmployeeId == employee.Id, Cancellation)));
        var log = await admin.ReadAsync(db => db.ActivityLogs.SingleAsync(l => l.Action == "invitation.accepted", Cancellation));
        Assert.Equal((ActorKind.Employee, employee.Id, "127.0.0.1"), (log.ActorKind, log.EmployeeId, log.IpAddress));
        Assert.True(await Inbox.Database.ScalarAsync<bool>("select email_confirmed from users where id = $1", employee.UserId));

        using var later = new WebVisitor(Inbox);
        using var signedIn = await later.SignInAsync(email, Password);
        Assert.Equal("/", later.LocationOf(signedIn));
    }

    [Fact]
    public async Task Pressed_five_times_at_once_it_makes_one_employee()
    {
        var (business, email, link) = await InvitedAsync();
        var visitors = new List<WebVisitor>();
        for (var i = 0; i < 5; i++)
        {
            visitors.Add(new WebVisitor(Inbox));
            using var opened = await visitors[i].GetAsync(link);
        }

        var answers = await Task.WhenAll(visitors.Select(v => v.SubmitFormAsync(InvitationPage.Address, "join", ("name", "Maya"), ("password", Password))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.OK or HttpStatusCode.BadRequest, a.StatusCode.ToString()));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from employees e join users u on u.id = e.user_id where u.email = $1 and e.business_id = $2", email, business.Id));
        Assert.Contains("This invitation was accepted already.", await visitors[0].ReadAsync(InvitationPage.Address) + await visitors[1].ReadAsync(InvitationPage.Address));
        visitors.ForEach(v => v.Dispose());
        Assert.All(answers, a => a.Dispose());
    }

    [Fact]
    public async Task Somebody_with_a_sign_in_signs_in_to_accept_and_then_has_two_businesses()
    {
        var elsewhere = await TestBusiness.CreateAsync(Inbox, "Elsewhere");
        var (business, email, link) = await InvitedAsync(elsewhere.EmailOf(SeededRoles.Agent));
        using var visitor = new WebVisitor(Inbox);
        using var opened = await visitor.GetAsync(link);
        Assert.Contains("You have a sign-in already", await visitor.ReadAsync(InvitationPage.Address));
        using var forged = await visitor.SubmitFormAsync(InvitationPage.Address, "join", ("name", "Thief"), ("password", Password));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        using var signedIn = await visitor.SignInAsync(email, TestBusiness.Password, "/sign-in?returnUrl=%2Finvitation");
        Assert.Equal(InvitationPage.Address, visitor.LocationOf(signedIn));
        using var accepted = await visitor.SubmitFormAsync(InvitationPage.Address, "accept");
        Assert.Equal("/", visitor.LocationOf(accepted));
        Assert.Equal(business.Id, await Inbox.Database.ScalarAsync<Guid>(
            "select business_id from activity_logs where action = 'invitation.accepted' and business_id = $1", business.Id));
        var choices = await visitor.ReadAsync("/choose-business");
        Assert.Contains("Elsewhere", choices);
        Assert.Contains("Cedar Dental", choices);
    }

    [Fact]
    public async Task Who_works_nowhere_any_more_signs_in_to_accept_and_to_nothing_else()
    {
        var elsewhere = await TestBusiness.CreateAsync(Inbox);
        await Inbox.Database.ExecuteAsync("update employees set is_active = false where id = $1", elsewhere.EmployeeIds[SeededRoles.Agent]);
        var (_, email, link) = await InvitedAsync(elsewhere.EmailOf(SeededRoles.Agent));
        using var visitor = new WebVisitor(Inbox);
        using var opened = await visitor.GetAsync(link);
        using var elsewhereRefused = await visitor.SignInAsync(email, TestBusiness.Password);
        Assert.Equal(SignInSteps.NoEmployment, await WebVisitor.ProblemOf(elsewhereRefused));
        using var signedIn = await visitor.SignInAsync(email, TestBusiness.Password, "/sign-in?returnUrl=%2Finvitation");
        Assert.Equal(InvitationPage.Address, visitor.LocationOf(signedIn));
        Assert.False(await visitor.IsSignedInAsync());
        using var accepted = await visitor.SubmitFormAsync(InvitationPage.Address, "accept");
        Assert.Equal("/", visitor.LocationOf(accepted));
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Somebody_elses_sign_in_does_not_accept_it()
    {
        var other = await TestBusiness.CreateAsync(Inbox);
        var (_, email, link) = await InvitedAsync();
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(other, SeededRoles.Agent);
        using var opened = await visitor.GetAsync(link);
        Assert.Contains($"It is for {email}, and you are signed in as somebody else.", await visitor.ReadAsync(InvitationPage.Address));
        using var accepted = await visitor.SubmitFormAsync(InvitationPage.Address, "accept");
        Assert.Equal(HttpStatusCode.BadRequest, accepted.StatusCode);
        var token = await visitor.AntiforgeryTokenAsync(InvitationPage.Address);
        using var left = await visitor.PostAsync("/sign-out", ("__RequestVerificationToken", token), ("returnUrl", InvitationPage.Address));
        Assert.Equal(InvitationPage.Address, visitor.LocationOf(left));
        Assert.Contains("data-testid=\"join\"", await visitor.ReadAsync(InvitationPage.Address));
    }

    [Theory]
    [InlineData("update invitations set revoked_at = now() where business_id = $1", "This invitation was taken back.")]
    [InlineData("update invitations set expires_at = now() - interval '1 second' where business_id = $1", "This invitation has run out.")]
    [InlineData("update invitations set accepted_at = now() where business_id = $1", "This invitation was accepted already.")]
    [InlineData("update invitations set secret_hash = sha256('another') where business_id = $1", "This is not the link of an invitation.")]
    [InlineData("update businesses set status = 'closed' where id = $1", "Cedar Dental is closed")]
    public async Task An_invitation_that_leads_nowhere_says_why_before_and_after_the_form(string sql, string words)
    {
        var (business, _, link) = await InvitedAsync();
        using var visitor = new WebVisitor(Inbox);
        using var opened = await visitor.GetAsync(link);
        var token = await visitor.AntiforgeryTokenAsync(InvitationPage.Address);
        await Inbox.Database.ExecuteAsync(sql, business.Id);
        Assert.Contains(words, await visitor.ReadAsync(InvitationPage.Address));
        using var joined = await visitor.PostAsync(InvitationPage.Address, ("_handler", "join"), ("__RequestVerificationToken", token),
            ("name", "Maya"), ("password", Password));
        Assert.NotEqual(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.Equal(4, await Inbox.Database.ScalarAsync<long>("select count(*) from employees where business_id = $1", business.Id));
    }

    [Fact]
    public async Task A_link_with_another_secret_opens_nothing_and_neither_does_none()
    {
        var (_, _, link) = await InvitedAsync();
        using var visitor = new WebVisitor(Inbox);
        Assert.Contains("This is not the link of an invitation.", await visitor.ReadAsync(InvitationPage.Address));
        foreach (var wrong in new[] { link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), "/invitation/00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000000000/x", $"/invitation/{Guid.NewGuid()}/{Guid.NewGuid()}/x" })
        {
            using var opened = await visitor.GetAsync(wrong);
            Assert.Contains("This is not the link of an invitation.", await visitor.ReadAsync(InvitationPage.Address));
        }
    }

    private async Task<(TestBusiness Business, string Email, string Link)> InvitedAsync(string? email = null)
    {
        var business = await TestBusiness.CreateAsync(Inbox, "Cedar Dental");
        email ??= $"maya.{Guid.NewGuid():N}@example.test";
        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var team = await admin.Get<Teams>().CreateAsync(new TeamDetails("Readings", "", []), Cancellation);
        var role = await admin.ReadAsync(db => db.Roles.Where(r => r.Name == SeededRoles.Agent).Select(r => r.Id).SingleAsync(Cancellation));
        await admin.Get<Inviting>().InviteAsync(new NewInvitation(email, "Maya", role, [team], "en"), Cancellation);
        return (business, email, (await Mails.ToAsync(Inbox, email))[^1].ActionLink!.PathAndQuery);
    }
}
