using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

public sealed class MessageTypeTests(TestServers servers) : InboundTests(servers)
{
    public static TheoryData<string, string, MessageKind, string> Types => new()
    {
        { "text", """{"text":{"body":"hello \u0645\u0631\u062d\u0628\u0627"}}""", MessageKind.Text, "hello مرحبا" },
        { "image", """{"image":{"id":"1","mime_type":"image/jpeg","sha256":"x","caption":"my hand"}}""", MessageKind.Image, "my hand" },
        { "video", """{"video":{"id":"1","mime_type":"video/mp4","sha256":"x"}}""", MessageKind.Video, "" },
        { "audio", """{"audio":{"id":"1","mime_type":"audio/mpeg","voice":false}}""", MessageKind.Audio, "" },
        { "audio", """{"audio":{"id":"1","mime_type":"audio/ogg; codecs=opus","voice":true}}""", MessageKind.Voice, "" },
        { "sticker", """{"sticker":{"id":"1","mime_type":"image/webp","animated":true}}""", MessageKind.Sticker, "" },
        { "document", """{"document":{"id":"1","filename":"chart.pdf","mime_type":"application/pdf"}}""", MessageKind.Document, "chart.pdf" },
        { "location", """{"location":{"latitude":33.89,"longitude":35.5,"name":"Studio","address":"Hamra"}}""", MessageKind.Location, "Studio, Hamra" },
        { "location", """{"location":{"latitude":33.89,"longitude":35.5}}""", MessageKind.Location, "33.89, 35.5" },
        { "contacts", """{"contacts":[{"name":{"formatted_name":"Rana"},"phones":[{"phone":"+961"}]}]}""", MessageKind.Contacts, "Rana" },
        { "interactive", """{"interactive":{"type":"button_reply","button_reply":{"id":"1","title":"Yes"}}}""", MessageKind.Interactive, "Yes" },
        { "interactive", """{"interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Monday","description":"at 5"}}}""", MessageKind.Interactive, "Monday" },
        { "interactive", """{"interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{}","body":"Sent","name":"flow"}}}""", MessageKind.Interactive, "Sent" },
        { "interactive", """{"interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}}""", MessageKind.Interactive, "accept" },
        { "interactive", """{"errors":[{"code":131000,"title":"Something went wrong"}]}""", MessageKind.Unsupported, "" },
        { "button", """{"button":{"text":"Book now","payload":"book"},"context":{"from":"1","id":"wamid.Z"}}""", MessageKind.Button, "Book now" },
        { "order", """{"order":{"catalog_id":"1","text":"please","product_items":[{"product_retailer_id":"cards","quantity":2,"item_price":30,"currency":"USD"}]}}""", MessageKind.Order, "please\n2 × cards (60 USD)" },
        { "system", """{"system":{"type":"customer_identity_changed","body":"identity changed"}}""", MessageKind.System, "identity changed" },
        { "unsupported", """{"errors":[{"code":131051,"title":"Message type unknown"}],"unsupported":{"type":"poll"}}""", MessageKind.Unsupported, "" },
        { "hologram", """{"hologram":{"depth":3}}""", MessageKind.Unsupported, "" },
        { "text", """{"text":null}""", MessageKind.Text, "" },
        { "text", """{"text":"not an object"}""", MessageKind.Text, "" },
        { "image", """{"image":[1,2]}""", MessageKind.Image, "" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_type_becomes_a_message_that_can_be_read_and_keeps_its_JSON(
        string type, string content, MessageKind kind, string body)
    {
        var wamid = Bodies.NewWamid();
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Contact("96170111111", name: "Rana"),
            Bodies.Message("96170111111", type, content, wamid)));
        var message = Assert.Single(await Meta.MessagesAsync());
        Assert.Equal((kind, body, wamid), (message.Kind, message.Body, message.Wamid));
        Assert.Contains(wamid, message.Payload, StringComparison.Ordinal);
        Assert.Contains($"\"type\": \"{type}\"", message.Payload, StringComparison.Ordinal);
        Assert.Equal(0, await Meta.CountAsync("webhook_logs", "status <> 'done'"));
        Assert.Equal("Rana", Assert.Single(await Meta.ConversationsAsync()).CustomerName);
    }

    [Fact]
    public async Task Text_that_Postgres_cannot_hold_is_received_all_the_same()
    {
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Text("96170111111", "PLACE")).Replace("PLACE", "half a pair \\ud83d here", StringComparison.Ordinal),
            Bodies.Of(Business, Bodies.Text("96170111111", "PLACE")).Replace("PLACE", "nul \\u0000 here \\ud83d\\ude4f", StringComparison.Ordinal));
        Assert.Equal(["half a pair \uFFFD here", "nul  here 🙏"], (await Meta.MessagesAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task An_answer_from_the_phone_app_is_an_outgoing_message_of_the_same_conversation()
    {
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Text("96170111111", "are you open?")),
            Bodies.Envelope(Bodies.Change(Business, "smb_message_echoes", Bodies.Message("96170000001", "text",
                """{"to":"96170111111","text":{"body":"yes, from my phone"}}""", array: "message_echoes"))));
        var conversation = Assert.Single(await Meta.ConversationsAsync());
        var echo = Assert.Single(await Meta.MessagesAsync(), m => m.Author == MessageAuthor.PhoneApp);
        Assert.Equal((MessageDirection.Outbound, MessageStatus.Sent), (echo.Direction, echo.Status));
        Assert.Null(conversation.WaitingSince);
    }

    [Theory]
    [InlineData("calls", """{"calls":[{"id":"wacid.1","event":"connect"}]}""")]
    [InlineData("history", """{"history":[{"metadata":{},"threads":[]}]}""")]
    [InlineData("user_preferences", """{"user_preferences":[{"wa_id":"1","value":"stop"}]}""")]
    [InlineData("field_of_next_year", """{"things":[{"id":"1"}]}""")]
    public async Task A_field_that_is_no_message_is_kept_and_never_fails(string field, string value)
    {
        var change = Bodies.Change(Business, field);
        foreach (var (name, node) in System.Text.Json.Nodes.JsonNode.Parse(value)!.AsObject())
        {
            change["value"]![name] = node!.DeepClone();
        }

        await Meta.DeliverAsync(Bodies.Envelope(change));
        Assert.Equal(1, await Meta.CountAsync("webhook_logs", "status = 'done'"));
        Assert.Empty(await Meta.MessagesAsync());
    }
}
