using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Samia.Local.Simulator;

namespace Samia.Tests.Simulator;

public sealed class DeliveryTests : SimulatorTests
{
    private SimulatedPhone Rana => Line.AddPhone(NewPhone.WithNumber("Rana خليل", "96170123456"));

    [Fact]
    public async Task The_signature_is_that_of_the_bytes_with_the_secret_of_the_number()
    {
        await Simulator.WriteAsync(Rana, "مرحبا 🙏 https://x.example/y");
        var caught = Inbox.Accepted.Single();
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("the-secret"), caught.Bytes);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(expected), caught.Signature);
        // As Meta's: nothing but ASCII, and slashes escaped.
        Assert.All(caught.Bytes, b => Assert.InRange(b, (byte)0x20, (byte)0x7e));
        Assert.Contains("https:\\/\\/x.example\\/y", Encoding.ASCII.GetString(caught.Bytes), StringComparison.Ordinal);
        Assert.Equal("مرحبا 🙏 https://x.example/y", (string)caught.Message!["text"]!["body"]!);
        Assert.Equal("Rana خليل", (string)caught.Value["contacts"]![0]!["profile"]!["name"]!);
        Assert.Equal("555", (string)caught.Value["metadata"]!["phone_number_id"]!);
    }

    [Fact]
    public async Task A_webhook_is_delivered_again_until_it_is_answered_with_200_and_later_ones_wait()
    {
        Inbox.Refuse(3);
        await Task.WhenAll(Simulator.WriteAsync(Rana, "first"), Simulator.WriteAsync(Rana, "second"));
        Assert.Equal([500, 500, 500, 200, 200], Inbox.Caught.Select(w => w.Answer));
        Assert.Equal(["first", "first", "first", "first", "second"], Inbox.Caught.Select(w => (string)w.Message!["text"]!["body"]!));
        Assert.Single(Inbox.Caught.Take(4).Select(w => Encoding.ASCII.GetString(w.Bytes)).Distinct());
        Assert.Equal([500, 500, 500, 200, 200], Simulator.Log.Entries.Where(e => e.Kind == "webhook").Select(e => e.Status));
    }

    [Fact]
    public async Task An_inbox_that_is_away_gets_its_webhooks_when_it_is_back()
    {
        var address = Simulator.InboxAddress;
        Simulator.InboxAddress = new Uri("http://127.0.0.1:1");
        var writing = Simulator.WriteAsync(Rana, "anybody?");
        await Support.Eventually.TrueAsync(() => Simulator.Log.Entries.Any(e => e.Kind == "webhook" && e.Status == 0));
        Assert.False(writing.IsCompleted);
        Simulator.InboxAddress = address;
        await writing;
        Assert.Single(Inbox.Accepted);
    }

    [Fact]
    public async Task A_phone_that_hides_its_number_writes_without_one()
    {
        var phone = Line.AddPhone(NewPhone.WithUsername("Nour", "@nour"));
        await Simulator.WriteAsync(phone, "hi");
        var caught = Inbox.Accepted.Single();
        Assert.Null(caught.Message!["from"]);
        Assert.Equal(phone.Person.Bsuid, (string)caught.Message["from_user_id"]!);
        var contact = caught.Value["contacts"]![0]!;
        Assert.Null(contact["wa_id"]);
        Assert.Equal("nour", (string)contact["profile"]!["username"]!);
    }

    [Fact]
    public async Task A_customer_presses_a_button_that_the_business_sent()
    {
        var phone = await WriterAsync();
        var question = Envelope("interactive", JsonNode.Parse("""
            {"type":"button","body":{"text":"When?"},"action":{"buttons":[
                {"type":"reply","reply":{"id":"am","title":"Morning"}},{"type":"reply","reply":{"id":"pm","title":"Evening"}}]}}
            """)!);
        question["to"] = phone.Person.WaId;
        var wamid = (await PostAsync(question)).Wamid;
        await Support.Eventually.TrueAsync(() => phone.Messages.Count == 2);
        await SettledAsync();
        Inbox.Clear();
        await Simulator.PressAsync(phone, wamid, "pm");
        var message = Inbox.Accepted.Single().Message!;
        Assert.Equal(("button_reply", "pm", "Evening"), ((string)message["interactive"]!["type"]!,
            (string)message["interactive"]!["button_reply"]!["id"]!, (string)message["interactive"]!["button_reply"]!["title"]!));
        Assert.Equal(wamid, (string)message["context"]!["id"]!);
        await Assert.ThrowsAsync<ArgumentException>(() => Simulator.PressAsync(phone, wamid, "never"));
    }
}
