using System.Globalization;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api.Webhooks;

/// <summary>An inbox whose operator allows nothing calls nothing private, whatever leads there.</summary>
public sealed class PrivateAddressTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://127.0.0.1/", "private network")]
    [InlineData("https://localhost/", "private network")]
    [InlineData("https://[::1]/", "private network")]
    [InlineData("https://[::ffff:10.0.0.1]/", "private network")]
    [InlineData("https://2130706433/", "private network")]
    [InlineData("https://0x7f.1/", "private network")]
    [InlineData("https://169.254.169.254/latest/meta-data", "private network")]
    [InlineData("http://1.1.1.1/", "https")]
    [InlineData("http://localhost/", "https")]
    [InlineData("https://maya:secret@1.1.1.1/", "name and password")]
    [InlineData("ftp://1.1.1.1/", "whole address")]
    [InlineData("file:///etc/passwd", "whole address")]
    [InlineData("shop.example.com", "whole address")]
    [InlineData("", "whole address")]
    public async Task An_address_that_would_never_be_called_is_refused_when_it_is_entered(string url, string because)
    {
        await using var admin = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => SubscribeAsync(admin, url));
        Assert.Contains(because, refused.Message);
    }

    /// <summary>A name that said something else when it was entered; the receiver speaks no TLS, so being reached would show.</summary>
    [Theory]
    [InlineData("https://localhost:{0}/hook")]
    [InlineData("http://localhost:{0}/hook")]
    [InlineData("https://127.0.0.1:{0}/hook")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/hook")]
    public async Task Nor_is_it_called_when_it_was_entered_before_its_name_led_there(string url)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var admin = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        var id = await SubscribeAsync(admin, "https://1.1.1.1/");
        await running.Inbox.Database.ExecuteAsync("update outgoing_webhooks set url = $1 where id = $2",
            string.Format(CultureInfo.InvariantCulture, url, new Uri(receiver.Address).Port), id);
        await admin.ReceiveAsync("hello");
        WebhookDeliveryInfo? refused = null;
        await Eventually.TrueAsync(async () => (refused = Assert.Single(
            await admin.Get<WebhookDeliveries>().PageAsync(id, null, null, 10, Cancellation))).Attempts == 1);
        Assert.Equal(("address_refused", WebhookDeliveryState.Pending, null), (refused!.Error, refused.State, refused.ResponseStatus));
        Assert.Empty(receiver.Calls);
    }

    private static async Task<Guid> SubscribeAsync(Desk admin, string url) => (await admin.Get<OutgoingWebhooks>()
        .CreateAsync(new(url, [WebhookEventType.MessageCreated]), Cancellation)).WebhookId;
}
