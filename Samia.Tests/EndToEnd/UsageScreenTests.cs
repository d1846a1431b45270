using Microsoft.Playwright;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Businesses;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class UsageScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task An_admin_sees_how_much_of_the_plan_is_used_and_in_the_inbox_that_it_is(string name, int width, string locale, ColorScheme scheme)
    {
        var usage = await UsageDesk.OpenAsync(inbox.Arrange, "Asia/Beirut", ("monthly_conversations", 500), ("monthly_ai_replies", 200),
            ("monthly_transcription_minutes", 60), ("storage_megabytes", 1000), ("max_employees", 5));
        await usage.CountAsync(UsageMetric.Conversations, 431);
        await usage.CountAsync(UsageMetric.AiReplies, 200);
        await usage.CountAsync(UsageMetric.TranscriptionSeconds, 700);
        await usage.CountAsync(UsageMetric.StorageBytes, 320_500_000);
        await BeforeAsync(usage);
        var page = await browser.NewPersonAsync(inbox.Address, width, width < 500 ? 844 : 1000, locale, scheme);
        await SignIn.AsAsync(page, usage.Business, SeededRoles.Admin, "/");
        await page.GetByTestId("usage-banner").WaitForAsync();
        await Screens.TakeAsync(page, "usage-banner-" + name);
        await page.GetByTestId("usage-banner").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("history-Conversations").WaitForAsync();
        await Assertions.Expect(page.Locator(".usage-bars > li")).ToHaveCountAsync(5);
        await Screens.TakeAsync(page, "usage-" + name);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "The page is wider than its screen.");
        await page.GetByTestId("history-StorageBytes").ScrollIntoViewIfNeededAsync();
        await Screens.TakeAsync(page, "usage-history-" + name);
    }

    [Fact]
    public async Task An_agent_sees_no_banner_and_an_admin_sees_it_as_soon_as_it_is_so()
    {
        var usage = await UsageDesk.OpenAsync(inbox.Arrange, limits: ("monthly_ai_replies", 10));
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, usage.Business, SeededRoles.Admin);
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, usage.Business, SeededRoles.Agent);
        await Assertions.Expect(admin.GetByTestId("usage-banner")).ToHaveCountAsync(0);
        await usage.CountAsync(UsageMetric.AiReplies, 9);
        await admin.GetByTestId("usage-banner").WaitForAsync();
        await Assertions.Expect(agent.GetByTestId("usage-banner")).ToHaveCountAsync(0);
    }

    // What eleven months before would have left.
    private static async Task BeforeAsync(UsageDesk usage)
    {
        for (var ago = 1; ago < 12; ago++)
        {
            await usage.Inbox.Database.ExecuteAsync("""
                insert into usage_counters (business_id, id, metric, month, used)
                select $1, gen_random_uuid(), metric, (date_trunc('month', now() at time zone 'Asia/Beirut') - make_interval(months => $2))::date, used
                from (values ('conversations', 420 - 31 * $2 + 40 * ($2 % 3)), ('ai_replies', greatest(0, 190 - 45 * $2)), ('storage_bytes', 300000000 - 26000000 * $2)) v (metric, used)
                """, usage.Business.Id, ago);
        }
    }
}
