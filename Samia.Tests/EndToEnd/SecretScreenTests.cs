using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>
/// Secrets that people type. That none is in a log or a table afterwards is asked of everything that runs in the
/// browser, when <see cref="InboxUnderTest"/> ends.
/// </summary>
[Collection(typeof(BrowserTests))]
public sealed class SecretScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Theory]
    [InlineData("/settings/whatsapp", "save-connection", 3)]
    [InlineData("/settings/ai", "save-ai", 1)]
    public async Task What_was_typed_is_shown_by_its_last_four_characters_only(string path, string save, int secrets)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, path);
        await page.GetByTestId(save).WaitForAsync();
        if (path == "/settings/ai")
        {
            await page.GetByLabel("Address of the API").FillAsync("https://ai.example.test/v1");
            await page.GetByLabel("Model").FillAsync("small");
        }

        var replace = page.GetByRole(AriaRole.Button, new() { Name = "Replace" });
        for (var left = await replace.CountAsync(); left > 0; left--)
        {
            await replace.First.ClickAsync();
            await Assertions.Expect(replace).ToHaveCountAsync(left - 1);
        }

        var fields = page.Locator("input[type=password]");
        await Assertions.Expect(fields).ToHaveCountAsync(secrets);
        for (var i = 0; i < secrets; i++)
        {
            await fields.Nth(i).FillAsync($"{Canary.Song}-{Guid.NewGuid():N}-end{i}");
        }

        await page.GetByTestId(save).ClickAsync();
        await Assertions.Expect(page.GetByTestId("secret-hint")).ToHaveCountAsync(secrets);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("secret-hint")).ToHaveTextAsync([.. Enumerable.Range(0, secrets).Select(i => $"•••• end{i}")]);
        Assert.DoesNotContain(Canary.Song, await page.ContentAsync());
    }
}
