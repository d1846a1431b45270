using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class InboxScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task Every_kind_of_message_can_be_read_in_both_themes_both_languages_and_on_a_phone()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var meta = new Meta(inbox.Arrange, business, inbox.Address);
        var number = Bodies.NewNumber();
        var start = DateTimeOffset.UtcNow.AddDays(-1);
        (string Type, string Content)[] messages =
        [
            ("text", """{"text":{"body":"Good evening! Is there a reading free on Thursday?\nMy sister would like to come too."}}"""),
            ("text", """{"text":{"body":"مساء الخير، هل لديكم موعد يوم الخميس؟"}}"""),
            ("image", """{"image":{"id":"1","mime_type":"image/jpeg","caption":"the card that I drew"}}"""),
            ("audio", """{"audio":{"id":"2","mime_type":"audio/ogg; codecs=opus","voice":true}}"""),
            ("document", """{"document":{"id":"3","filename":"chart.pdf","mime_type":"application/pdf","caption":"my birth chart"}}"""),
            ("location", """{"location":{"latitude":33.8938,"longitude":35.5018,"name":"Studio","address":"Hamra, Beirut"}}"""),
            ("contacts", """{"contacts":[{"name":{"formatted_name":"Rana Khalil"},"phones":[{"phone":"+961 70 123 456"}]}]}"""),
            ("interactive", """{"interactive":{"type":"button_reply","button_reply":{"id":"1","title":"Yes, please"}}}"""),
            ("order", """{"order":{"catalog_id":"1","product_items":[{"product_retailer_id":"deck","quantity":1,"item_price":30,"currency":"USD"}]}}"""),
            ("hologram", """{"hologram":{"depth":3}}"""),
        ];
        foreach (var ((type, content), i) in messages.Select((m, i) => (m, i)))
        {
            await meta.DeliverAsync(Bodies.Of(business, Bodies.Contact(number, name: "Maya Haddad"),
                Bodies.Message(number, type, content, at: start.AddMinutes(i * 170))));
        }

        for (var i = 0; i < 12; i++)
        {
            var other = Bodies.NewNumber();
            await meta.DeliverAsync(Bodies.Of(business, Bodies.Contact(other, name: i % 3 == 0 ? "سامر الحايك" : $"Karim Nassar {i}"),
                Bodies.Message(other, "text", """{"text":{"body":"Hello, are you open on Saturday? I would like to come with two friends."}}""")));
        }

        await using var desk = Desk.Of(inbox.Arrange, business);
        var maya = await desk.ReadAsync(db => db.Conversations.Where(c => c.CustomerName == "Maya Haddad")
            .Select(c => c.Id).SingleAsync(TestContext.Current.CancellationToken));
        await desk.Get<Notes>().AddAsync(maya, "تفضّل مواعيد الخميس.", Guid.NewGuid(), TestContext.Current.CancellationToken);
        await desk.Get<Sender>().SendTextAsync(maya, "أهلاً مايا، نعم لدينا موعد.", Guid.NewGuid(), TestContext.Current.CancellationToken);

        foreach (var (width, height, scheme, locale, name) in new[]
        {
            (1280, 800, ColorScheme.Light, "en", "inbox-desktop-light"), (1280, 800, ColorScheme.Dark, "en", "inbox-desktop-dark"),
            (390, 844, ColorScheme.Light, "en", "inbox-phone-light"), (1280, 800, ColorScheme.Light, "ar-LB", "inbox-desktop-arabic"),
            (390, 844, ColorScheme.Dark, "ar-LB", "inbox-phone-arabic-dark"),
        })
        {
            var page = await browser.NewPersonAsync(inbox.Address, width, height, locale, scheme);
            await SignIn.AsAsync(page, business, SeededRoles.Agent);
            await Assertions.Expect(page.GetByTestId("conversation").First).ToBeVisibleAsync();
            await Screens.TakeAsync(page, name + "-list");
            await page.GetByTestId("conversation").Filter(new() { HasText = "Maya Haddad" }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("bubble")).ToHaveCountAsync(messages.Length + 1);
            await Assertions.Expect(page.GetByTestId("unsupported")).ToBeVisibleAsync();
            await Screens.TakeAsync(page, name + "-thread");
        }
    }
}
