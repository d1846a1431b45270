using System.Net;
using System.Text.RegularExpressions;
using Samia.Inbox.Shell;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Shell;

public sealed partial class LanguageTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ar-LB,ar;q=0.9,en;q=0.5", "ar", "rtl")]
    [InlineData("ar", "ar", "rtl")]
    [InlineData("en-GB,ar;q=0.5", "en", "ltr")]
    [InlineData("fr,de;q=0.8", "en", "ltr")]
    [InlineData(";;,", "en", "ltr")]
    [InlineData(null, "en", "ltr")]
    public async Task A_stranger_is_spoken_to_as_their_browser_asks(string? asked, string language, string direction)
    {
        using var visitor = new WebVisitor(running.Inbox);
        visitor.Headers.TryAddWithoutValidation("Accept-Language", asked);
        Assert.Equal((language, direction), await SpokenAsync(visitor));
    }

    [Fact]
    public async Task A_choice_beats_the_browser_and_leads_back_to_where_it_was_made()
    {
        using var visitor = new WebVisitor(running.Inbox);
        visitor.Headers.Add("Accept-Language", "ar");
        visitor.Headers.Referrer = new Uri(visitor.Address, "/sign-in?returnUrl=%2Fconversations");
        using var response = await ChooseAsync(visitor, "en");
        Assert.Equal("/sign-in?returnUrl=%2Fconversations", visitor.LocationOf(response));
        Assert.Equal(("en", "ltr"), await SpokenAsync(visitor));

        using var back = await ChooseAsync(visitor, "ar");
        Assert.Equal(("ar", "rtl"), await SpokenAsync(visitor));
    }

    [Theory]
    [InlineData("https://evil.test/inbox", "/inbox")]
    [InlineData("https://evil.test//evil.test", "/")]
    [InlineData(null, "/")]
    public async Task A_choice_never_leads_to_another_site(string? from, string to)
    {
        using var visitor = new WebVisitor(running.Inbox);
        visitor.Headers.Referrer = from is null ? null : new Uri(from);
        using var response = await ChooseAsync(visitor, "ar");
        Assert.Equal(visitor.Address.Authority, new Uri(visitor.Address, response.Headers.Location!).Authority);
        Assert.Equal(to, visitor.LocationOf(response));
    }

    [Fact]
    public async Task A_language_that_Samia_does_not_speak_and_another_sites_form_are_refused()
    {
        using var visitor = new WebVisitor(running.Inbox);
        using var unknown = await ChooseAsync(visitor, "tlh");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var forged = await visitor.PostAsync("/language", ("language", "ar"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(("en", "ltr"), await SpokenAsync(visitor));
    }

    [Fact]
    public void Arabic_writes_numbers_and_dates_in_the_digits_of_WhatsApp()
    {
        var arabic = Language.Find("ar")!.Culture;
        Assert.Equal("1,234.5", 1234.5.ToString("N1", arabic));
        Assert.Equal("24 نوفمبر 2026", new DateOnly(2026, 11, 24).ToString("d MMMM yyyy", arabic));
    }

    private static async Task<HttpResponseMessage> ChooseAsync(WebVisitor visitor, string language) =>
        await visitor.PostAsync("/language", ("language", language),
            ("__RequestVerificationToken", await visitor.AntiforgeryTokenAsync("/sign-in")));

    private static async Task<(string Language, string Direction)> SpokenAsync(WebVisitor visitor)
    {
        using var response = await visitor.GetAsync("/sign-in");
        var match = Html().Match(await response.Content.ReadAsStringAsync(Cancellation));
        return (match.Groups["lang"].Value, match.Groups["dir"].Value);
    }

    [GeneratedRegex("<html lang=\"(?<lang>\\w+)\" dir=\"(?<dir>\\w+)\"")]
    private static partial Regex Html();
}
