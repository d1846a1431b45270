using System.Globalization;
using Bunit;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Tests.Businesses;
using Samia.Tests.Support;

namespace Samia.Tests.Components;

public sealed class UsagePageTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_nearly_used_up_or_used_up_says_so_in_words_and_what_to_do()
    {
        var usage = await UsageDesk.OpenAsync(running.Inbox, limits: [("monthly_conversations", 10), ("monthly_ai_replies", 5), ("storage_megabytes", 1000)]);
        await usage.CountAsync(UsageMetric.Conversations, 8);
        await usage.CountAsync(UsageMetric.AiReplies, 6);
        await usage.CountAsync(UsageMetric.StorageBytes, 250_000_000);
        await using var admin = Desk.Of(running.Inbox, usage.Business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var page = await OpenAsync(screen);

        Assert.Equal(("Cedar", "49 USD a month, without tax"), (page.Find(".plan-name").TextContent, page.Find(".price").TextContent));
        Assert.Equal(("8 of 10", "nearly"), (FiguresOf(page, UsageSubject.Conversations), RowOf(page, UsageSubject.Conversations).ClassName));
        Assert.Contains("Nearly used up. Customers always reach you", RowOf(page, UsageSubject.Conversations).TextContent);
        Assert.Equal(("6 of 5", "used-up"), (FiguresOf(page, UsageSubject.AiReplies), RowOf(page, UsageSubject.AiReplies).ClassName));
        Assert.Contains("Used up. At the limit the assistant rests", RowOf(page, UsageSubject.AiReplies).TextContent);
        var meter = RowOf(page, UsageSubject.AiReplies).QuerySelector("[role=meter]")!;
        Assert.Equal(("100", "6 of 5"), (meter.GetAttribute("aria-valuenow"), meter.GetAttribute("aria-valuetext")));
        Assert.Equal("250 MB of 1 GB", FiguresOf(page, UsageSubject.StorageBytes));
        Assert.Empty(RowOf(page, UsageSubject.StorageBytes).QuerySelectorAll(".advice"));
        Assert.Contains("by the clock of Asia/Beirut", page.Find("[data-testid=usage]").TextContent);

        var history = page.Find("[data-testid=history-Conversations]");
        Assert.Equal(12, history.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("8", history.QuerySelector("tbody tr:last-child td")!.TextContent);
        Assert.Equal("true", history.QuerySelector(".columns")!.GetAttribute("aria-hidden"));
        Assert.Contains("Nothing in the last twelve months.", page.Find("[data-testid=history-TranscriptionSeconds]").TextContent);
    }

    [Fact]
    public async Task Where_nothing_was_used_it_says_what_will_be_here()
    {
        var usage = await UsageDesk.OpenAsync(running.Inbox, limits: ("monthly_ai_replies", 0));
        await using var admin = Desk.Of(running.Inbox, usage.Business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var page = await OpenAsync(screen);
        Assert.Contains("As soon as a customer writes to you", page.Find("[data-testid=usage-history]").TextContent);
        Assert.Equal("not included", FiguresOf(page, UsageSubject.AiReplies));
        Assert.Empty(page.FindAll(".advice"));
    }

    [Fact]
    public async Task What_is_not_limited_has_figures_and_no_bar()
    {
        await using var admin = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        await admin.ReceiveAsync("Good evening");
        await using var screen = new ScreenContext(admin);
        var page = await OpenAsync(screen);
        Assert.Equal("1, without limit", FiguresOf(page, UsageSubject.Conversations));
        Assert.Equal("0 MB, without limit", FiguresOf(page, UsageSubject.StorageBytes));
        Assert.Empty(page.FindAll("[role=meter]"));
    }

    [Fact]
    public async Task While_it_is_read_it_says_that_it_loads()
    {
        await using var admin = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        await using var connection = new NpgsqlConnection(running.Inbox.Database.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var screen = new ScreenContext(admin);
        IRenderedComponent<UsagePage> page;
        await using (var holding = await connection.BeginTransactionAsync(Cancellation))
        {
            await using var command = new NpgsqlCommand("lock table usage_counters in access exclusive mode", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            page = screen.Render<UsagePage>();
            Assert.Single(page.FindAll(".loading"));
            await holding.RollbackAsync(Cancellation);
        }

        await page.WaitForElementAsync("[data-testid=usage]", TimeSpan.FromSeconds(20));
        Assert.Empty(page.FindAll(".loading"));
    }

    [Fact]
    public async Task Who_may_not_see_it_is_told_why()
    {
        await using var agent = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        await using var screen = new ScreenContext(agent);
        var page = screen.Render<UsagePage>();
        await page.WaitForElementAsync("[data-testid=usage-problem]", TimeSpan.FromSeconds(20));
        Assert.Contains("Your role does not allow this", page.Find("[data-testid=usage-problem]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=usage]"));
    }

    [Fact]
    public async Task It_is_all_said_in_Arabic()
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var usage = await UsageDesk.OpenAsync(running.Inbox, limits: ("monthly_conversations", 10));
        await usage.CountAsync(UsageMetric.Conversations, 10);
        await using var admin = Desk.Of(running.Inbox, usage.Business, SeededRoles.Admin);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Find("ar")!.Culture;
            await using var screen = new ScreenContext(admin);
            var page = await OpenAsync(screen);
            Assert.Equal("10 من 10", FiguresOf(page, UsageSubject.Conversations));
            Assert.Contains("نفد الرصيد.", RowOf(page, UsageSubject.Conversations).TextContent);
            Assert.Contains("49 USD", page.Find(".price").TextContent);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    [Fact]
    public async Task The_banner_names_what_is_most_urgent_and_leads_to_the_page()
    {
        await using var screen = new ScreenContext();
        var banner = screen.Render<UsageBanner>(p => p.Add(b => b.Alarms, []));
        Assert.Equal("", banner.Markup.Trim());
        UsageOf nearly = new(UsageSubject.StorageBytes, 8, 10), over = new(UsageSubject.AiReplies, 12, 10), full = new(UsageSubject.Conversations, 10, 10);
        banner.Render(p => p.Add(b => b.Alarms, [nearly]));
        Assert.Equal("Your plan is nearly used up: Storage", banner.Find("p").TextContent);
        banner.Render(p => p.Add(b => b.Alarms, [full, over, nearly]));
        Assert.Equal("Your plan is used up: Conversations, AI replies", banner.Find("p").TextContent);
        Assert.Equal("/settings/usage", banner.Find("a").GetAttribute("href"));
    }

    private static async Task<IRenderedComponent<UsagePage>> OpenAsync(ScreenContext screen)
    {
        var page = screen.Render<UsagePage>();
        await page.WaitForElementAsync("[data-testid=usage]", TimeSpan.FromSeconds(20));
        return page;
    }

    private static AngleSharp.Dom.IElement RowOf(IRenderedComponent<UsagePage> page, UsageSubject subject) =>
        page.Find($"[data-testid=usage-{subject}]");

    private static string FiguresOf(IRenderedComponent<UsagePage> page, UsageSubject subject) =>
        RowOf(page, subject).QuerySelector(".figures")!.TextContent;
}
