using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class SessionTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;

    [Theory]
    [InlineData("/", "/sign-in?returnUrl=%2F")]
    [InlineData("/settings/webhooks", "/sign-in?returnUrl=%2Fsettings%2Fwebhooks")]
    [InlineData("/no/such/page", "/sign-in?returnUrl=%2Fno%2Fsuch%2Fpage")]
    public async Task A_stranger_is_sent_to_the_sign_in_page(string path, string to)
    {
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(to, visitor.LocationOf(response));
    }

    [Theory]
    [InlineData("%2Fconversations%2F1%3Ftab%3Dmine", "/conversations/1?tab=mine")]
    [InlineData("https%3A%2F%2Fevil.test", "/")]
    [InlineData("%2F%2Fevil.test", "/")]
    [InlineData("%2F%5Cevil.test", "/")]
    [InlineData("%2F%09%2Fevil.test", "/")]
    [InlineData("evil.test", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_back_within_this_site_only(string returnUrl, string to)
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.SignInAsync(
            business.EmailOf(SeededRoles.Agent), TestBusiness.Password, "/sign-in?returnUrl=" + returnUrl);
        Assert.Equal(visitor.Address.Authority, new Uri(visitor.Address, response.Headers.Location!).Authority);
        Assert.Equal(to, visitor.LocationOf(response));
    }

    [Fact]
    public async Task Who_is_signed_in_needs_no_sign_in_page()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        using var response = await visitor.GetAsync("/sign-in?returnUrl=%2Fsettings%2Fwebhooks");
        Assert.Equal("/settings/webhooks", visitor.LocationOf(response));
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var signIn = await visitor.PostAsync("/sign-in", ("_handler", "sign-in"),
            ("email", business.EmailOf(SeededRoles.Agent)), ("password", TestBusiness.Password));
        Assert.Equal(HttpStatusCode.BadRequest, signIn.StatusCode);
        Assert.False(await visitor.IsSignedInAsync());

        await visitor.SignInAsync(business, SeededRoles.Agent);
        using var signOut = await visitor.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.BadRequest, signOut.StatusCode);
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task A_form_that_was_opened_before_signing_in_elsewhere_says_that_it_is_out_of_date()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.SubmitAfterAsync("/sign-in", () => visitor.SignInAsync(business, SeededRoles.Agent),
            ("email", "a@example.test"), ("password", "b"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("This page is out of date", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Signing_out_ends_every_copy_of_the_cookie()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        using var copy = new WebVisitor(Inbox);
        copy.Cookies.Add(visitor.Cookies.GetAllCookies());
        using var other = new WebVisitor(Inbox);
        await other.SignInAsync(business, SeededRoles.Agent);
        Assert.True(await copy.IsSignedInAsync());

        var token = await visitor.AntiforgeryTokenAsync();
        using var response = await visitor.PostAsync("/sign-out", ("__RequestVerificationToken", token));
        Assert.Equal("/sign-in", visitor.LocationOf(response));
        Assert.DoesNotContain(visitor.Cookies.GetAllCookies(), c => c.Name == SignInCookie.Scheme);
        Assert.False(await copy.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and action = 'employee.signed_out' and employee_id = $2",
            business.Id, business.EmployeeIds[SeededRoles.Agent]));
    }

    [Theory]
    [InlineData("update users set security_stamp = 'another' where id = (select user_id from employees where id = $1)")]
    [InlineData("update employees set is_active = false where id = $1")]
    [InlineData("update businesses set status = 'closed' where id = (select business_id from employees where id = $1)")]
    public async Task A_cookie_is_worth_nothing_once_the_database_disagrees(string sql)
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        await Inbox.Database.ExecuteAsync(sql, business.EmployeeIds[SeededRoles.Agent]);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_lasts_fourteen_days_from_its_last_use_and_is_forgotten_afterwards()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var inbox = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Services.AddSingleton<TimeProvider>(clock));
        var business = await TestBusiness.CreateAsync(inbox);
        using var visitor = new WebVisitor(inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        clock.AdjustTime(clock.GetUtcNow().AddDays(8));
        Assert.True(await visitor.IsSignedInAsync());
        clock.AdjustTime(clock.GetUtcNow().AddDays(13));
        Assert.True(await visitor.IsSignedInAsync());
        using var another = new WebVisitor(inbox);
        await another.SignInAsync(business, SeededRoles.Agent);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal(2, await SessionsAsync());

        clock.AdjustTime(clock.GetUtcNow().AddDays(15));
        Assert.False(await visitor.IsSignedInAsync());
        await another.SignInAsync(business, SeededRoles.Agent);
        Assert.Equal(1, await SessionsAsync());

        Task<long> SessionsAsync() => inbox.Database.ScalarAsync<long>(
            "select count(*) from user_sessions where user_id = (select user_id from employees where id = $1)",
            business.EmployeeIds[SeededRoles.Agent]);
    }

    [Fact]
    public async Task A_client_that_tries_too_often_has_to_wait()
    {
        await using var strict = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Configuration["SignIn:TriesPerMinute"] = "3");
        using var visitor = new WebVisitor(strict);
        for (var i = 0; i < 3; i++)
        {
            using var response = await visitor.SignInAsync("nobody@example.test", "not it");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using var refused = await visitor.SignInAsync("nobody@example.test", "not it");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Wait a minute", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var page = await visitor.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
