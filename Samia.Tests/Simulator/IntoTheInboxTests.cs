using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Local.Simulator;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Simulator;

/// <summary>The webhooks that the simulator makes, taken in by the real inbox.</summary>
public sealed class IntoTheInboxTests(TestServers servers) : InboundTests(servers)
{
    private async Task<(WhatsAppSimulator Simulator, SimulatedPhone Phone)> StartAsync(NewPhone? person = null)
    {
        var simulator = await WhatsAppSimulator.StartAsync([], Inbox.Http.BaseAddress, 0, Cancellation);
        var line = simulator.Connect(new SimulatorConnection("Test Tarot", new WhatsAppConnection(
            Business.PhoneNumberId, Business.WabaId, "96170000001", Business.AccessToken, Business.AppSecret, Business.VerifyToken)));
        return (simulator, line.AddPhone(person ?? NewPhone.WithNumber("Rana", "96170123456")));
    }

    [Fact]
    public async Task Every_kind_of_message_ends_as_the_right_row()
    {
        var (simulator, phone) = await StartAsync();
        await using var stopping = simulator;
        var text = await simulator.WriteAsync(phone, "hello");
        await simulator.WriteAsync(phone, "an answer", replyTo: text.Id);
        foreach (var media in SampleMedia.All)
        {
            await simulator.SendMediaAsync(phone, media, voice: true);
        }

        await simulator.SendLocationAsync(phone, 33.89, 35.5, "Zaitunay Bay", "Beirut");
        await simulator.SendContactAsync(phone, "Nour Salameh", "+961 71 555 010");
        await simulator.SendUnsupportedAsync(phone);
        await simulator.ReactAsync(phone, text.Id, "🙏");
        await simulator.EditAsync(phone, text.Id, "hello there");
        await Meta.SettledAsync();

        var messages = await Meta.MessagesAsync();
        Assert.Equal(
        [
            MessageKind.Text, MessageKind.Text, MessageKind.Image, MessageKind.Image, MessageKind.Voice, MessageKind.Document,
            MessageKind.Sticker, MessageKind.Location, MessageKind.Contacts, MessageKind.Unsupported,
        ], messages.Select(m => m.Kind));
        Assert.Equal(("hello there", "🙏", text.Id), (messages[0].Body, messages[0].CustomerReaction, messages[0].Wamid));
        Assert.NotNull(messages[0].EditedAt);
        Assert.Equal(text.Id, messages[1].ReplyToWamid);
        Assert.Equal("Zaitunay Bay, Beirut", messages[7].Body);
        Assert.Equal("Nour Salameh", messages[8].Body);
        Assert.Equal(0, await Meta.CountAsync("webhook_logs", "status <> 'done'"));

        await simulator.RevokeAsync(phone, text.Id);
        await simulator.ReactAsync(phone, text.Id, null);
        await Meta.SettledAsync();
        var first = (await Meta.MessagesAsync())[0];
        Assert.NotNull(first.RevokedAt);
        Assert.Null(first.CustomerReaction);
    }

    [Fact]
    public async Task A_customer_who_changes_the_number_stays_one_customer()
    {
        var (simulator, phone) = await StartAsync();
        await using var stopping = simulator;
        await simulator.WriteAsync(phone, "from the old number");
        await simulator.ChangeNumberAsync(phone, "+961 71 999 888");
        await simulator.WriteAsync(phone, "from the new one");
        await Meta.SettledAsync();
        Assert.Equal("96171999888", Assert.Single(await Meta.CustomersAsync()).WaId);
        Assert.Single(await Meta.ConversationsAsync());
    }

    [Fact]
    public async Task Somebody_with_a_username_only_is_a_customer()
    {
        var (simulator, phone) = await StartAsync(NewPhone.WithUsername("", "nour.alh"));
        await using var stopping = simulator;
        await simulator.WriteAsync(phone, "hi");
        await Meta.SettledAsync();
        var customer = Assert.Single(await Meta.CustomersAsync());
        Assert.Equal((null, phone.Person.Bsuid, "nour.alh"), (customer.WaId, customer.Bsuid, customer.Username));
    }

    [Fact]
    public async Task Duplicates_and_disorder_change_nothing_in_the_thread()
    {
        var (simulator, phone) = await StartAsync();
        await using var stopping = simulator;
        phone.Line.Misbehaviour.TurnOn(Misbehaviour.DuplicateDeliveries);
        phone.Line.Misbehaviour.TurnOn(Misbehaviour.OutOfOrderDeliveries, times: 1);
        await Task.WhenAll(simulator.WriteAsync(phone, "one"), simulator.WriteAsync(phone, "two"));
        await simulator.WriteAsync(phone, "three");
        await Meta.SettledAsync();
        Assert.Equal(["one", "three", "two"], (await Meta.MessagesAsync()).Select(m => m.Body).Order());
        Assert.Equal(3, (await Meta.ConversationsAsync()).Single().UnreadCount);
    }
}
