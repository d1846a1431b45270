using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Tests.Api.Webhooks;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class OutgoingWebhooksPageTests(InboxUnderTest inbox, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_adds_a_webhook_tries_it_sends_again_pauses_it_and_deletes_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/outgoing-webhooks");
        await Assertions.Expect(page.GetByTestId("no-webhooks")).ToBeVisibleAsync();
        await page.GetByTestId("new-webhook").ClickAsync();
        await page.GetByLabel("Address").FillAsync("https://192.168.1.1/");
        await page.GetByText("A customer wrote, or somebody wrote to a customer.").ClickAsync();
        await page.GetByTestId("save-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("problem")).ToContainTextAsync("private network");
        await page.GetByLabel("Address").FillAsync(receiver.Address);
        await page.GetByTestId("save-webhook").ClickAsync();
        var secret = (await page.GetByTestId("secret").TextContentAsync())!;

        await page.GetByTestId("to-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("no-deliveries")).ToBeVisibleAsync();
        await page.GetByTestId("send-test").ClickAsync();
        await Eventually.TrueAsync(() => !receiver.Calls.IsEmpty);
        Assert.True(receiver.Calls.Single() is { Type: "webhook.test" } test && test.IsSignedBy(secret));
        var delivery = page.GetByTestId("delivery");
        await Assertions.Expect(delivery).ToContainTextAsync("Delivered");
        await delivery.GetByTestId("open-delivery").ClickAsync();
        await Assertions.Expect(delivery.GetByTestId("delivery-body")).ToContainTextAsync("\"webhook.test\"");
        await delivery.GetByTestId("send-again").ClickAsync();
        await Eventually.TrueAsync(() => receiver.Calls.Count == 2);
        await Assertions.Expect(delivery).ToContainTextAsync("2 attempts");
        await page.GetByTestId("refresh").ClickAsync();
        await Assertions.Expect(delivery).ToContainTextAsync("Delivered");
        Assert.Single(receiver.Calls.Select(c => c.Id).Distinct());

        await page.GetByTestId("rotate").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("secret")).Not.ToHaveTextAsync(secret);
        var renewed = (await page.GetByTestId("secret").TextContentAsync())!;
        await page.GetByTestId("send-test").ClickAsync();
        await Eventually.TrueAsync(() => receiver.Calls.Count == 3);
        Assert.True(receiver.Calls.Last().IsSignedBy(renewed));

        await page.GetByTestId("change").ClickAsync();
        await page.GetByLabel("Address").FillAsync(receiver.Address + "/new");
        await page.GetByTestId("save-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("url")).ToHaveTextAsync(receiver.Address + "/new");
        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("webhook-state")).ToHaveTextAsync("Paused");
        await page.GetByTestId("resume").ClickAsync();
        await Assertions.Expect(page.GetByTestId("webhook-state")).ToHaveTextAsync("Active");
        await page.GetByTestId("delete-webhook").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("no-webhooks")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task The_pages_fit_their_screens(string name, int width, string locale, ColorScheme scheme)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = async (call, http) =>
        {
            http.Response.StatusCode = call.Type == WebhookEventType.MessageCreated ? 200 : 500;
            await http.Response.WriteAsync(call.Type == WebhookEventType.MessageCreated ? "{\"ok\":true}" : "something is broken here");
        };
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var admin = Desk.Of(inbox.Arrange, business, SeededRoles.Admin);
        var webhooks = admin.Get<OutgoingWebhooks>();
        var (stopped, _) = await webhooks.CreateAsync(new("https://1.1.1.1/a/rather/long/address/of/a/crm/that/nobody/answers?and=a-query", [WebhookEventType.NoteCreated]), Cancellation);
        await inbox.Arrange.Database.ExecuteAsync("update outgoing_webhooks set is_active = false, stopped_reason = $1 where id = $2", WebhookStops.Failing, stopped);
        var (id, _) = await webhooks.CreateAsync(new(receiver.Address, [WebhookEventType.MessageCreated, WebhookEventType.ConversationCreated]), Cancellation);
        await admin.ReceiveAsync("هل أنتم مفتوحون اليوم؟");
        await Eventually.TrueAsync(async () => (await admin.Get<WebhookDeliveries>().PageAsync(id, null, null, 10, Cancellation)).Count(d => d.Attempts > 0) == 2);

        var page = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/outgoing-webhooks");
        await page.GetByTestId("webhook").First.WaitForAsync();
        await TakeAsync(page, "webhooks-" + name);
        await page.GotoAsync("/settings/outgoing-webhooks/new");
        await page.GetByTestId("save-webhook").WaitForAsync();
        await TakeAsync(page, "new-webhook-" + name);
        await page.GotoAsync($"/settings/outgoing-webhooks/{stopped}");
        await page.GetByTestId("stopped-reason").WaitForAsync();
        await TakeAsync(page, "stopped-webhook-" + name);
        await page.GotoAsync($"/settings/outgoing-webhooks/{id}");
        await page.GetByTestId("open-delivery").First.WaitForAsync();
        await TakeAsync(page, "webhook-" + name);
        await page.GetByTestId("open-delivery").First.ClickAsync();
        await page.GetByTestId("delivery-body").ScrollIntoViewIfNeededAsync();
        await TakeAsync(page, "webhook-delivery-" + name);
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await Screens.TakeAsync(page, name);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} is wider than its screen.");
    }
}
