using Samia.Data;
using Samia.Local.Simulator;
using Samia.Local.Up;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Demo;

public sealed class RememberedPhonesTests(TestServers servers) : InboundTests(servers)
{
    [Fact]
    public async Task After_a_restart_phones_show_what_was_said_before()
    {
        var wamid = Bodies.NewWamid();
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Contact("96170123456", name: "Rana"), Bodies.Text("96170123456", "are you open?", wamid)),
            Bodies.Of(Business, Bodies.Message(null, "location", """{"location":{"latitude":33.9,"longitude":35.5,"name":"Here"}}""", bsuid: "LB.7")),
            Bodies.Envelope(Bodies.Change(Business, "smb_message_echoes", Bodies.Message("96170000001", "text",
                """{"to":"96170123456","text":{"body":"until six"}}""", array: "message_echoes"))),
            Bodies.Of(Business, Bodies.Text("96170123456", "thanks")));
        var other = await TestBusiness.CreateAsync(Inbox, "Other");

        var remembered = await RememberedPhones.ReadAsync(new InboxProcessOptions
        {
            AppConnection = Inbox.Database.App, PlatformConnection = Inbox.Database.Platform,
            RedisConnection = Servers.Redis.ConnectionString, MasterKey = "", WhatsAppBaseAddress = new Uri("http://localhost:9"),
            Port = 9, LogFile = "/dev/null",
        }, Cancellation);

        Assert.Empty(remembered[other.PhoneNumberId]);
        var phones = remembered[Business.PhoneNumberId];
        var rana = phones.Single(p => p.Person.WaId == "96170123456");
        Assert.Equal(("Rana", false), (rana.Person.Name, rana.Person.HidesNumber));
        Assert.Equal(
            [(true, "are you open?", ChatStatus.Read), (false, "until six", ChatStatus.Sent), (true, "thanks", ChatStatus.Delivered)],
            rana.Messages.Select(m => (m.FromCustomer, m.Text, m.Status)));
        Assert.Equal(wamid, rana.Messages[0].Id);
        var hidden = phones.Single(p => p.Person.Bsuid == "LB.7");
        Assert.True(hidden.Person.HidesNumber);
        Assert.Equal(("location", "Here"), (hidden.Messages.Single().Type, hidden.Messages.Single().Text));
    }
}
