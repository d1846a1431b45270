using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class PasswordResetTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private const string NewPassword = "Another-horse-8";

    private TestInbox Inbox => running.Inbox;

    [Fact]
    public async Task A_link_in_a_mail_sets_a_new_password_once_and_ends_every_session()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var email = business.EmailOf(SeededRoles.Agent);
        using var elsewhere = new WebVisitor(Inbox);
        await elsewhere.SignInAsync(business, SeededRoles.Agent);
        using var visitor = new WebVisitor(Inbox);
        var link = await LinkAsync(visitor, email);

        Assert.Equal(NewPasswordPage.Address, await OpenAsync(visitor, link));
        Assert.Contains(email, await visitor.ReadAsync(NewPasswordPage.Address));
        using var weak = await visitor.SubmitFormAsync(NewPasswordPage.Address, "new-password", ("new", "short"));
        Assert.StartsWith("Take a password of at least 10", await WebVisitor.ProblemOf(weak));
        Assert.True(await elsewhere.IsSignedInAsync());
        using var set = await visitor.SubmitFormAsync(NewPasswordPage.Address, "new-password", ("new", NewPassword));
        Assert.StartsWith("/sign-in?reason=new-password", visitor.LocationOf(set));
        Assert.False(await elsewhere.IsSignedInAsync());
        using var old = await visitor.SignInAsync(email, TestBusiness.Password);
        Assert.Equal(PasswordSignIn.Wrong, await WebVisitor.ProblemOf(old));
        using var renewed = await visitor.SignInAsync(email, NewPassword);
        Assert.Equal("/", visitor.LocationOf(renewed));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>("""
            select count(*) from activity_logs where business_id = $1 and action = 'employee.password_reset' and ip_address = '127.0.0.1'
            """, business.Id));

        using var again = new WebVisitor(Inbox);
        await OpenAsync(again, link);
        Assert.Contains("was used already or is too old", await again.ReadAsync(NewPasswordPage.Address));
        using var forced = await again.PostAsync(NewPasswordPage.Address, ("_handler", "new-password"),
            ("__RequestVerificationToken", await again.AntiforgeryTokenAsync("/sign-in")), ("new", "Third-horse-99"));
        Assert.NotEqual(HttpStatusCode.Redirect, forced.StatusCode);
        using var still = await again.SignInAsync(email, NewPassword);
        Assert.Equal("/", again.LocationOf(still));
    }

    [Fact]
    public async Task An_unknown_e_mail_gets_the_same_answer_and_no_mail()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var known = await AskAsync(visitor, business.EmailOf(SeededRoles.Agent));
        using var unknown = await AskAsync(visitor, "nobody@example.test");
        Assert.Equal(Answer(await WebVisitor.TextOf(known)), Answer(await WebVisitor.TextOf(unknown)));
        Assert.Equal(known.StatusCode, unknown.StatusCode);
        await Eventually.TrueAsync(async () => (await Mails.ToAsync(Inbox, business.EmailOf(SeededRoles.Agent))).Count == 1);
        Assert.Empty(await Mails.ToAsync(Inbox, "nobody@example.test"));

        static string Answer(string page) => page[page.IndexOf("data-testid=\"reset-asked\"", StringComparison.Ordinal)..][..200];
    }

    [Fact]
    public async Task Nobody_is_mailed_twice_within_two_minutes()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var (one, two) = (business.EmailOf(SeededRoles.Agent), business.EmailOf(SeededRoles.Viewer));
        using var visitor = new WebVisitor(Inbox);
        foreach (var email in new[] { one, one, one, two })
        {
            using var asked = await AskAsync(visitor, email);
        }

        // They are done in order, so by the last one the others were.
        await Eventually.TrueAsync(async () => (await Mails.ToAsync(Inbox, two)).Count == 1);
        Assert.Single(await Mails.ToAsync(Inbox, one));
        await Inbox.Database.ExecuteAsync("""
            update user_tokens set value = '2020-01-01T00:00:00.0000000Z' where login_provider = 'samia.password-mail'
            and user_id = (select user_id from employees where id = $1)
            """, business.EmployeeIds[SeededRoles.Agent]);
        using var later = await AskAsync(visitor, one);
        await Eventually.TrueAsync(async () => (await Mails.ToAsync(Inbox, one)).Count == 2);
    }

    [Fact]
    public async Task The_mail_is_in_the_language_of_whoever_asks()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        visitor.Headers.Add("Accept-Language", "ar");
        await LinkAsync(visitor, business.EmailOf(SeededRoles.Agent));
        var mail = Assert.Single(await Mails.ToAsync(Inbox, business.EmailOf(SeededRoles.Agent)));
        Assert.Equal(("ar", "اختر كلمة مرور جديدة"), (mail.Language, mail.Subject));
    }

    [Fact]
    public async Task A_link_holds_for_an_hour()
    {
        Assert.Equal(TimeSpan.FromHours(1), Inbox.Get<Microsoft.Extensions.Options.IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan);
        // Identity reads the machine's clock, so here the hour is over at once.
        await using var hasty = await TestInbox.StartAsync(servers, replace: services =>
            services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = TimeSpan.Zero));
        var business = await TestBusiness.CreateAsync(hasty);
        using var visitor = new WebVisitor(hasty);
        var link = await LinkAsync(visitor, business.EmailOf(SeededRoles.Agent), hasty);
        await OpenAsync(visitor, link);
        Assert.Contains("was used already or is too old", await visitor.ReadAsync(NewPasswordPage.Address));
    }

    [Theory]
    [InlineData("/new-password/00000000-0000-0000-0000-000000000001/abc")]
    [InlineData("/new-password/00000000-0000-0000-0000-000000000001/***")]
    public async Task What_is_no_link_says_so(string path)
    {
        using var visitor = new WebVisitor(Inbox);
        using var opened = await visitor.GetAsync(path);
        Assert.Equal(NewPasswordPage.Address, visitor.LocationOf(opened));
        Assert.Contains("was used already or is too old", await visitor.ReadAsync(NewPasswordPage.Address));
    }

    [Fact]
    public async Task A_new_password_ends_a_lockout()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var email = business.EmailOf(SeededRoles.Agent);
        using var visitor = new WebVisitor(Inbox);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await visitor.SignInAsync(email, "not it");
        }

        await OpenAsync(visitor, await LinkAsync(visitor, email));
        using var set = await visitor.SubmitFormAsync(NewPasswordPage.Address, "new-password", ("new", NewPassword));
        using var renewed = await visitor.SignInAsync(email, NewPassword);
        Assert.Equal("/", visitor.LocationOf(renewed));
    }

    private static Task<HttpResponseMessage> AskAsync(WebVisitor visitor, string email) =>
        visitor.SubmitFormAsync(ForgottenPasswordPage.Address, "forgotten-password", ("email", email));

    private async Task<string> LinkAsync(WebVisitor visitor, string email, TestInbox? inbox = null)
    {
        using var asked = await AskAsync(visitor, email);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await Eventually.TrueAsync(async () => (await Mails.ToAsync(inbox ?? Inbox, email)).Count > 0);
        return (await Mails.ToAsync(inbox ?? Inbox, email))[^1].ActionLink!.PathAndQuery;
    }

    private static async Task<string?> OpenAsync(WebVisitor visitor, string link)
    {
        using var opened = await visitor.GetAsync(link);
        return visitor.LocationOf(opened);
    }
}
