using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class WebhooksPageTests(InboxUnderTest inbox, Browser browser)
{
    private const string Error = "relation nowhere does not exist";

    [Fact]
    public async Task An_admin_sees_what_was_given_up_and_has_it_tried_again()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await GiveUpAsync(business, "Is this lost?");
        await GiveUpAsync(await TestBusiness.CreateAsync(inbox.Arrange), "Of another business");
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Admin);
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Webhooks that failed" }).ClickAsync();

        var letter = page.GetByTestId("dead-letter");
        await Assertions.Expect(letter).ToHaveCountAsync(1);
        await Assertions.Expect(letter).ToContainTextAsync(Error);
        await Assertions.Expect(letter).ToContainTextAsync("8 attempts");
        await Assertions.Expect(letter.Locator("pre")).ToBeHiddenAsync();
        await letter.GetByText("What WhatsApp sent").ClickAsync();
        await Assertions.Expect(letter.Locator("pre")).ToContainTextAsync("Is this lost?");

        await page.GetByTestId("retry-all").ClickAsync();
        await Assertions.Expect(page.GetByText("1 webhook is tried again.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("no-dead-letters")).ToBeVisibleAsync();
        await Eventually.TrueAsync(async () => await inbox.Arrange.Database.ScalarAsync<long>(
            "select count(*) from messages where business_id = $1", business.Id) == 1);
    }

    [Theory]
    [InlineData(SeededRoles.Manager)]
    [InlineData(SeededRoles.Viewer)]
    public async Task Who_may_not_manage_settings_has_no_link_and_by_the_address_a_sentence(string role)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await GiveUpAsync(business, "A secret");
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, role, "/settings/webhooks");
        await Assertions.Expect(page.GetByTestId("forbidden")).ToContainTextAsync("Ask an admin of your business");
        await Assertions.Expect(page.GetByTestId("dead-letter")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("retry-all")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" })).ToHaveCountAsync(0);
    }

    private Task GiveUpAsync(TestBusiness business, string text) => inbox.Arrange.Database.ExecuteAsync("""
        insert into webhook_logs (business_id, id, received_at, body, status, attempts, last_error)
        values ($1, $2, now(), convert_to($3, 'UTF8'), 'dead', 8, $4)
        """, business.Id, Guid.CreateVersion7(), Bodies.Of(business, Bodies.Text("96170111111", text)), Error);
}
