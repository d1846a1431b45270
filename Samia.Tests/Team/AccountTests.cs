using System.Net;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>The account page without scripts: password and sessions.</summary>
public sealed class AccountTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private const string NewPassword = "Another-horse-8";

    private TestInbox Inbox => running.Inbox;

    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_page()
    {
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.GetAsync("/account");
        Assert.Equal("/sign-in?returnUrl=%2Faccount", visitor.LocationOf(response));
    }

    [Fact]
    public async Task A_new_password_ends_every_session_but_this_one()
    {
        var (business, visitor) = await SignedInAsync();
        using var other = new WebVisitor(Inbox);
        await other.SignInAsync(business, SeededRoles.Agent);

        using var response = await visitor.SubmitFormAsync("/account", "account-password", ("current", TestBusiness.Password), ("new", NewPassword));
        Assert.Equal("/account?done=password", visitor.LocationOf(response));
        Assert.True(await visitor.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        using var old = await other.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(old));
        using var renewed = await other.SignInAsync(business.EmailOf(SeededRoles.Agent), NewPassword);
        Assert.Equal("/", other.LocationOf(renewed));
        Assert.Equal(1, await LoggedAsync(business, "employee.password_changed"));
        visitor.Dispose();
    }

    [Theory]
    [InlineData("not it", NewPassword, "This is not the password that you have now.")]
    [InlineData("", NewPassword, "This is not the password that you have now.")]
    [InlineData(TestBusiness.Password, "Ab-1", "Take a password of at least 10 characters.")]
    [InlineData(TestBusiness.Password, "only small letters", "The password needs a digit. The password needs a capital letter (A–Z).")]
    public async Task A_password_is_not_changed_without_the_old_one_or_to_a_weak_one(string current, string wanted, string problem)
    {
        var (business, visitor) = await SignedInAsync();
        using var response = await visitor.SubmitFormAsync("/account", "account-password", ("current", current), ("new", wanted));
        Assert.Equal(problem, await WebVisitor.ProblemOf(response));
        using var other = new WebVisitor(Inbox);
        await other.SignInAsync(business, SeededRoles.Agent);
        visitor.Dispose();
    }

    [Fact]
    public async Task Guessing_the_password_on_the_account_page_locks_it_too()
    {
        var (business, visitor) = await SignedInAsync();
        for (var i = 1; i < 5; i++)
        {
            using var wrong = await visitor.SubmitFormAsync("/account", "account-password", ("current", "not it"), ("new", NewPassword));
            Assert.StartsWith("This is not", await WebVisitor.ProblemOf(wrong));
        }

        using var fifth = await visitor.SubmitFormAsync("/account", "account-password", ("current", "not it"), ("new", NewPassword));
        Assert.Contains("locked until", await WebVisitor.ProblemOf(fifth));
        using var right = await visitor.SubmitFormAsync("/account", "account-password", ("current", TestBusiness.Password), ("new", NewPassword));
        Assert.Contains("locked until", await WebVisitor.ProblemOf(right));
        Assert.Equal(1, await LoggedAsync(business, "employee.locked_out", byThemselves: false));
        visitor.Dispose();
    }

    [Fact]
    public async Task Sessions_are_listed_in_words_and_ended_one_by_one()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var here = new WebVisitor(Inbox);
        here.Headers.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        await here.SignInAsync(business, SeededRoles.Agent);
        using var there = new WebVisitor(Inbox);
        there.Headers.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");
        await there.SignInAsync(business, SeededRoles.Agent);

        var page = WebUtility.HtmlDecode(await here.ReadAsync("/account"));
        Assert.Contains("Chrome · Linux", page);
        Assert.Contains("Safari · iPhone", page);
        Assert.Contains("This one", page);
        Assert.Contains("127.0.0.1", page);
        var other = await Inbox.Database.ScalarAsync<Guid>("""
            select s.id from user_sessions s join employees e on e.user_id = s.user_id where e.id = $1 and s.device like '%iPhone'
            """, business.EmployeeIds[SeededRoles.Agent]);
        using var response = await here.SubmitFormAsync("/account", $"end-{other}");
        Assert.Equal("/account?done=session", here.LocationOf(response));
        Assert.False(await there.IsSignedInAsync());
        Assert.True(await here.IsSignedInAsync());
        Assert.Equal(1, await LoggedAsync(business, "employee.session_ended"));
        Assert.DoesNotContain("iPhone", await here.ReadAsync("/account"));
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var (_, visitor) = await SignedInAsync();
        var (business, other) = await SignedInAsync();
        var session = await Inbox.Database.ScalarAsync<Guid>(
            "select s.id from user_sessions s join employees e on e.user_id = s.user_id where e.id = $1", business.EmployeeIds[SeededRoles.Agent]);
        using var response = await visitor.SubmitFormAsync("/account", $"end-{session}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(await other.IsSignedInAsync());
        visitor.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_also_a_sign_in_that_has_just_begun()
    {
        var (business, visitor) = await SignedInAsync();
        await SecondStep.SetUpAsync(visitor);
        using var begun = new WebVisitor(Inbox);
        using var password = await begun.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        Assert.StartsWith(SecondStepPage.Address, begun.LocationOf(password));

        using var response = await visitor.SubmitFormAsync("/account", "end-everywhere");
        Assert.Equal("/sign-in", visitor.LocationOf(response));
        Assert.DoesNotContain(visitor.Cookies.GetAllCookies(), c => c.Name == SignInCookie.Scheme);
        Assert.False(await visitor.IsSignedInAsync());
        using var second = await begun.GetAsync(SecondStepPage.Address);
        Assert.StartsWith("/sign-in", begun.LocationOf(second));
        Assert.Equal(1, await LoggedAsync(business, "employee.signed_out_everywhere"));
        visitor.Dispose();
    }

    [Fact]
    public async Task An_operator_has_an_account_without_a_business()
    {
        var olivia = await TestOperator.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        visitor.Cookies.Add(visitor.Address, await olivia.SignInAsync(Inbox));
        var page = await visitor.ReadAsync("/account");
        Assert.Contains(olivia.Email, page);
        Assert.DoesNotContain("/settings/profile", page);
        using var response = await visitor.SubmitFormAsync("/account", "account-password", ("current", TestBusiness.Password), ("new", NewPassword));
        Assert.Equal("/account?done=password", visitor.LocationOf(response));
        Assert.Contains("Your password is changed.", await visitor.ReadAsync("/account?done=password"));
    }

    private async Task<(TestBusiness Business, WebVisitor Visitor)> SignedInAsync()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        return (business, visitor);
    }

    private Task<long> LoggedAsync(TestBusiness business, string action, bool byThemselves = true) => Inbox.Database.ScalarAsync<long>(
        "select count(*) from activity_logs where business_id = $1 and action = $2 and subject_id = $3 and ip_address = '127.0.0.1' and (employee_id = subject_id) is not distinct from $4::boolean",
        business.Id, action, business.EmployeeIds[SeededRoles.Agent], byThemselves ? true : DBNull.Value);
}
