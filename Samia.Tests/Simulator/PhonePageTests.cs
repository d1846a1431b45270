using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Samia.Local.Simulator;
using Samia.Tests.EndToEnd;
using Samia.Tests.Support;

namespace Samia.Tests.Simulator;

/// <summary>The phone in a real browser.</summary>
public sealed class PhonePageTests(Browser browser) : SimulatorTests
{
    [Fact]
    public async Task A_customer_is_invented_writes_and_sees_the_answer_arrive_and_the_ticks_turn()
    {
        var page = await OpenAsync();
        await page.GetByTestId("new-customer").ClickAsync();
        await page.GetByTestId("new-customer-name").FillAsync("Maya Haddad");
        await page.GetByTestId("new-customer-number").FillAsync("+961 70 555 111");
        await page.GetByTestId("new-customer-create").ClickAsync();
        await page.GetByTestId("composer-input").FillAsync("Are you open on Saturday?");
        await page.GetByTestId("send-button").ClickAsync();
        var mine = page.Locator("[data-testid=bubble][data-direction=inbound]");
        await Assertions.Expect(mine).ToContainTextAsync("Are you open on Saturday?");
        await Assertions.Expect(mine).ToHaveAttributeAsync("data-status", "delivered");

        var phone = Line.FindPhone("96170555111")!;
        await PostAsync(Text(phone, "Yes, from 11 to 6"));
        var theirs = page.Locator("[data-testid=bubble][data-direction=outbound]");
        await Assertions.Expect(theirs).ToContainTextAsync("Yes, from 11 to 6");
        await Assertions.Expect(theirs).ToHaveAttributeAsync("data-status", "read");
        Assert.Contains("read", Inbox.Statuses);

        Assert.True(Line.Phones.Single().Messages.All(m => m.Status != ChatStatus.Sent));
        await PostAsync(new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = phone.Messages[0].Id,
        });
        await Assertions.Expect(mine).ToHaveAttributeAsync("data-status", "read");
        await Assertions.Expect(page.GetByTestId("customer")).ToContainTextAsync("Maya Haddad");
    }

    [Fact]
    public async Task A_customer_sends_pictures_and_more_reacts_and_replies()
    {
        var phone = await WriterAsync();
        await PostAsync(Text(phone, "How can I help?"));
        await Eventually.TrueAsync(() => phone.Messages.Count == 2);
        var page = await OpenAsync("?business=555&customer=96170123456");
        foreach (var kind in (string[])["picture", "voice", "location", "document", "contact", "sticker", "unsupported"])
        {
            var before = phone.Messages.Count;
            await page.GetByTestId("attach-button").ClickAsync();
            await page.GetByTestId("send-" + kind).ClickAsync();
            await Eventually.TrueAsync(() => phone.Messages.Count == before + 1);
        }

        Assert.Equal(["image", "audio", "location", "document", "contacts", "sticker", "unsupported"],
            phone.Messages.Skip(2).Select(m => m.Type));
        await Assertions.Expect(page.GetByTestId("bubble")).ToHaveCountAsync(9);

        var question = page.Locator("[data-testid=bubble][data-direction=outbound]");
        await question.HoverAsync();
        await question.GetByTestId("bubble-menu").ClickAsync();
        await page.Locator("[data-testid=react]").First.ClickAsync();
        await Assertions.Expect(question.GetByTestId("reaction")).ToHaveTextAsync("👍");
        await question.HoverAsync();
        await question.GetByTestId("bubble-menu").ClickAsync();
        await page.GetByTestId("menu-reply").ClickAsync();
        await page.GetByTestId("composer-input").FillAsync("With a reading");
        await page.GetByTestId("composer-input").PressAsync("Enter");
        await Eventually.TrueAsync(() => phone.Messages.Count == 10);
        Assert.Equal(phone.Messages[1].Id, phone.Messages[9].ReplyTo);
    }

    [Fact]
    public async Task A_switch_of_the_panel_makes_WhatsApp_misbehave_and_the_log_shows_it()
    {
        var phone = await WriterAsync();
        var page = await OpenAsync("?business=555&customer=96170123456");
        await page.GetByTestId("misbehaviour-serverError").CheckAsync();
        await Eventually.TrueAsync(() => Line.Misbehaviour.IsOn(Misbehaviour.ServerError));
        Assert.Equal(500, (await PostAsync(Text(phone))).Status);
        await Assertions.Expect(page.Locator("[data-testid=log-entry][data-status='500']")).ToHaveCountAsync(1);
        await page.GetByTestId("misbehaviour-serverError").UncheckAsync();
        await Eventually.TrueAsync(() => !Line.Misbehaviour.IsOn(Misbehaviour.ServerError));
    }

    [Fact]
    public async Task On_a_narrow_screen_one_thing_is_shown_at_a_time()
    {
        await WriterAsync();
        var page = await OpenAsync(width: 390);
        await Assertions.Expect(page.GetByTestId("composer-input")).ToBeHiddenAsync();
        await page.GetByTestId("customer").ClickAsync();
        await Assertions.Expect(page.GetByTestId("composer-input")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("customer")).ToBeHiddenAsync();
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private async Task<IPage> OpenAsync(string query = "", int width = 1400)
    {
        var page = await browser.NewPersonAsync(Simulator.Address, width);
        await page.GotoAsync("/simulator" + query);
        return page;
    }
}
