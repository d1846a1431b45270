using System.Net;
using System.Text.RegularExpressions;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Shell;

public sealed partial class PersonalChoiceTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_choice_follows_the_person_to_another_browser()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        using var here = new WebVisitor(running.Inbox);
        await here.SignInAsync(business, SeededRoles.Agent);
        await ChooseAsync(here, "language", "ar");
        await ChooseAsync(here, "theme", "Light");
        await ChooseAsync(here, "theme", "Dark");

        using var there = new WebVisitor(running.Inbox);
        Assert.Equal(("en", ""), await LookOfAsync(there));
        await there.SignInAsync(business, SeededRoles.Agent);
        Assert.Equal(("ar", "dark"), await LookOfAsync(there));
    }

    [Fact]
    public async Task What_somebody_chose_before_they_signed_in_is_newer_than_what_they_chose_before()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        using var visitor = new WebVisitor(running.Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        await ChooseAsync(visitor, "language", "ar");
        using var stranger = new WebVisitor(running.Inbox);
        stranger.Headers.Add("Accept-Language", "ar");
        await ChooseAsync(stranger, "language", "en");
        await stranger.SignInAsync(business, SeededRoles.Agent);
        Assert.Equal(("en", ""), await LookOfAsync(stranger));

        using var elsewhere = new WebVisitor(running.Inbox);
        elsewhere.Headers.Add("Accept-Language", "ar");
        await elsewhere.SignInAsync(business, SeededRoles.Agent);
        Assert.Equal(("en", ""), await LookOfAsync(elsewhere));
    }

    [Fact]
    public async Task Who_shares_a_browser_keeps_their_own_choice()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        using var elsewhere = new WebVisitor(running.Inbox);
        await elsewhere.SignInAsync(business, SeededRoles.Manager);
        await ChooseAsync(elsewhere, "language", "en");

        using var shared = new WebVisitor(running.Inbox);
        await shared.SignInAsync(business, SeededRoles.Agent);
        await ChooseAsync(shared, "language", "ar");
        using var left = await shared.PostAsync("/sign-out", ("__RequestVerificationToken", await shared.AntiforgeryTokenAsync()));
        Assert.Equal("ar", (await LookOfAsync(shared)).Language);
        await shared.SignInAsync(business, SeededRoles.Manager);
        Assert.Equal("en", (await LookOfAsync(shared)).Language);
    }

    [Theory]
    [InlineData("theme", "Sepia")]
    [InlineData("theme", "dark")]
    [InlineData("theme", "1")]
    [InlineData("language", "")]
    public async Task What_cannot_be_chosen_is_refused(string name, string value)
    {
        using var visitor = new WebVisitor(running.Inbox);
        using var response = await PostAsync(visitor, name, value);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(("en", ""), await LookOfAsync(visitor));
    }

    private static async Task ChooseAsync(WebVisitor visitor, string name, string value)
    {
        using var response = await PostAsync(visitor, name, value);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(WebVisitor visitor, string name, string value) =>
        await visitor.PostAsync("/" + name, (name, value),
            ("__RequestVerificationToken", await visitor.AntiforgeryTokenAsync("/problem/404")));

    private static async Task<(string Language, string Theme)> LookOfAsync(WebVisitor visitor)
    {
        using var response = await visitor.GetAsync("/problem/404");
        var match = Html().Match(await response.Content.ReadAsStringAsync(Cancellation));
        return (match.Groups["lang"].Value, match.Groups["theme"].Value);
    }

    [GeneratedRegex("<html lang=\"(?<lang>\\w+)\" dir=\"\\w+\"(?: data-theme=\"(?<theme>\\w+)\")?")]
    private static partial Regex Html();
}
