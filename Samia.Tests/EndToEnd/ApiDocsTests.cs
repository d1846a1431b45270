using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class ApiDocsTests(InboxUnderTest inbox, Browser browser)
{
    [Theory]
    [InlineData("desktop", 1280)]
    [InlineData("phone", 390)]
    public async Task The_page_about_the_API_is_whole_without_anybody_elses_servers(string name, int width)
    {
        var page = await browser.NewPersonAsync(inbox.Address, width);
        var elsewhere = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith(inbox.Address.ToString(), StringComparison.Ordinal))
            {
                elsewhere.Enqueue(request.Url);
            }
        };
        await page.GotoAsync("/api/docs");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Samia API" })).ToBeVisibleAsync();
        await page.GotoAsync("/api/docs#tag/messages");
        await Assertions.Expect(page.GetByText("Send a text to the customer").Last).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Screens.TakeAsync(page, "api-docs-" + name);
        Assert.Empty(elsewhere);
    }
}
