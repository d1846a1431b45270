using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class PasswordSignInTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;

    [Fact]
    public async Task The_right_password_opens_the_inbox_and_the_log_says_so()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        Assert.False(await visitor.IsSignedInAsync());
        await visitor.SignInAsync(business, SeededRoles.Agent);

        var cookie = Assert.Single(visitor.Cookies.GetAllCookies(), c => c.Name == SignInCookie.Scheme);
        Assert.True(cookie.HttpOnly);
        Assert.InRange(cookie.Expires, DateTime.Now.AddDays(13), DateTime.Now.AddDays(15));
        Assert.Equal(1, await LoggedAsync(business, "employee.signed_in", business.EmployeeIds[SeededRoles.Agent]));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_e_mail_get_the_same_answer()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var wrong = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), "not it");
        using var unknown = await visitor.SignInAsync("nobody@example.test", "not it");

        Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(wrong));
        Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(unknown));
        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Equal(1, await LoggedAsync(business, "employee.sign_in_refused", null));
    }

    [Fact]
    public async Task An_unknown_e_mail_takes_the_work_of_a_wrong_password()
    {
        var hasher = new CountingHasher();
        await using var inbox = await TestInbox.StartAsync(servers, replace: services =>
            services.AddScoped<IPasswordHasher<User>>(_ => hasher));
        var business = await TestBusiness.CreateAsync(inbox);
        using var visitor = new WebVisitor(inbox);
        using var unknown = await visitor.SignInAsync("nobody@example.test", "not it");
        Assert.Equal(1, hasher.Verified);
        using var wrong = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), "not it");
        Assert.Equal(2, hasher.Verified);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("   ", "x")]
    [InlineData("a@example.test", "")]
    public async Task An_empty_field_is_asked_for(string email, string password)
    {
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.SignInAsync(email, password);
        Assert.StartsWith("Enter your e-mail", await WebVisitor.ProblemOf(response));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_sign_in_for_a_time_that_is_told()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var email = business.EmailOf(SeededRoles.Agent);
        using var visitor = new WebVisitor(Inbox);
        for (var i = 1; i < 5; i++)
        {
            using var wrong = await visitor.SignInAsync(email, "not it");
            Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(wrong));
        }

        using var fifth = await visitor.SignInAsync(email, "not it");
        Assert.Matches("locked until [0-9]{2}:[0-9]{2} UTC. Try again in 5 minutes", await WebVisitor.ProblemOf(fifth));
        using var right = await visitor.SignInAsync(email, TestBusiness.Password);
        Assert.Contains("locked until", await WebVisitor.ProblemOf(right));
        Assert.Equal(1, await LoggedAsync(business, "employee.locked_out", null));

        // Identity reads the machine's clock, so the end comes to the clock.
        await Inbox.Database.ExecuteAsync(
            "update users set lockout_end = now() - interval '1 second' where normalized_email = $1", email.ToUpperInvariant());
        await visitor.SignInAsync(business, SeededRoles.Agent);
    }

    [Fact]
    public async Task A_business_that_is_closed_says_so_to_who_gives_the_right_password()
    {
        var business = await TestBusiness.CreateAsync(Inbox, "Rose Bakery");
        await SetStatusAsync(business, BusinessStatus.Closed);
        using var visitor = new WebVisitor(Inbox);
        using var right = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        Assert.StartsWith("Rose Bakery is closed", await WebVisitor.ProblemOf(right));
        using var wrong = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), "not it");
        Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(wrong));
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task A_suspended_business_lets_its_people_in()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var before = new WebVisitor(Inbox);
        await before.SignInAsync(business, SeededRoles.Agent);
        await SetStatusAsync(business, BusinessStatus.Suspended);
        Assert.True(await before.IsSignedInAsync());
        using var after = new WebVisitor(Inbox);
        await after.SignInAsync(business, SeededRoles.Agent);
    }

    [Fact]
    public async Task Who_was_deactivated_cannot_sign_in()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await Inbox.Database.ExecuteAsync(
            "update employees set is_active = false where id = $1", business.EmployeeIds[SeededRoles.Agent]);
        using var visitor = new WebVisitor(Inbox);
        using var right = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        Assert.Equal(SignInSteps.NoEmployment, await WebVisitor.ProblemOf(right));
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Who_works_for_two_businesses_chooses_one_and_may_change_over()
    {
        var one = await TestBusiness.CreateAsync(Inbox, "Alpha");
        var two = await TestBusiness.CreateAsync(Inbox, "Beta");
        var stranger = await TestBusiness.CreateAsync(Inbox, "Gamma");
        var second = await EmployAsync(two, one.EmailOf(SeededRoles.Agent), SeededRoles.Viewer);
        using var visitor = new WebVisitor(Inbox);

        using var asked = await visitor.SignInAsync(one.EmailOf(SeededRoles.Agent), TestBusiness.Password, "/sign-in?returnUrl=%2Fsettings%2Fwebhooks");
        Assert.Equal("/choose-business?returnUrl=%2Fsettings%2Fwebhooks", visitor.LocationOf(asked));
        Assert.False(await visitor.IsSignedInAsync());
        using var choices = await visitor.GetAsync("/choose-business");
        var page = await choices.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Alpha", page);
        Assert.Contains("Beta", page);
        Assert.DoesNotContain("Gamma", page);

        using var foreign = await visitor.SubmitAsync("/choose-business", ("employee", stranger.EmployeeIds[SeededRoles.Admin].ToString()));
        Assert.Equal(HttpStatusCode.OK, foreign.StatusCode);
        Assert.False(await visitor.IsSignedInAsync());
        using var chosen = await visitor.SubmitAsync("/choose-business?returnUrl=%2Fsettings%2Fwebhooks", ("employee", second.ToString()));
        Assert.Equal("/settings/webhooks", visitor.LocationOf(chosen));
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal(1, await LoggedAsync(two, "employee.signed_in", second));
        Assert.Equal(0, await LoggedAsync(one, "employee.signed_in", one.EmployeeIds[SeededRoles.Agent]));

        using var over = await visitor.SubmitAsync("/choose-business", ("employee", one.EmployeeIds[SeededRoles.Agent].ToString()));
        Assert.Equal("/", visitor.LocationOf(over));
        Assert.Equal(1, await LoggedAsync(one, "employee.signed_in", one.EmployeeIds[SeededRoles.Agent]));
    }

    [Fact]
    public async Task Of_two_businesses_one_closed_the_other_is_entered_at_once()
    {
        var one = await TestBusiness.CreateAsync(Inbox);
        var two = await TestBusiness.CreateAsync(Inbox);
        await EmployAsync(two, one.EmailOf(SeededRoles.Agent), SeededRoles.Viewer);
        await SetStatusAsync(two, BusinessStatus.Closed);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(one, SeededRoles.Agent);
    }

    [Fact]
    public async Task Nobody_chooses_a_business_without_a_password()
    {
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.GetAsync("/choose-business");
        Assert.StartsWith("/sign-in", visitor.LocationOf(response));
    }

    private Task<long> LoggedAsync(TestBusiness business, string action, Guid? employee) => Inbox.Database.ScalarAsync<long>(
        "select count(*) from activity_logs where business_id = $1 and action = $2 and employee_id is not distinct from $3::uuid",
        business.Id, action, (object?)employee ?? DBNull.Value);

    private Task SetStatusAsync(TestBusiness business, BusinessStatus status) => Inbox.Database.ExecuteAsync(
        "update businesses set status = $1 where id = $2", status.ToString().ToLowerInvariant(), business.Id);

    private async Task<Guid> EmployAsync(TestBusiness business, string email, string role)
    {
        await using var scope = Inbox.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<EmployeeRegistration>().RegisterAsync(
            business.Id, new NewEmployee("The Same", email, role, null), TestContext.Current.CancellationToken);
    }

    private sealed class CountingHasher : PasswordHasher<User>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
