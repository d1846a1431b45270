using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.Simulator;

public sealed class SendingTests : SimulatorTests
{
    [Fact]
    public async Task A_message_is_reported_sent_delivered_and_read_in_this_order()
    {
        var phone = await WriterAsync();
        using var open = phone.OpenChat();
        var answer = await PostAsync(Text(phone, "welcome", callbackData: "our-id"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("whatsapp", (string)answer.Body["messaging_product"]!);
        Assert.Equal("96170123456", (string)answer.Body["contacts"]![0]!["wa_id"]!);
        Assert.Equal(phone.Person.Bsuid, (string)answer.Body["contacts"]![0]!["user_id"]!);

        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 3);
        Assert.Equal(["sent", "delivered", "read"], Inbox.Statuses);
        Assert.All(Inbox.Accepted.Select(w => w.Status!), status =>
        {
            Assert.Equal(answer.Wamid, (string)status["id"]!);
            Assert.Equal("our-id", (string)status["biz_opaque_callback_data"]!);
            Assert.Equal("96170123456", (string)status["recipient_id"]!);
            Assert.Equal(phone.Person.Bsuid, (string)status["recipient_user_id"]!);
            Assert.Equal("service", (string)status["pricing"]!["category"]!);
        });
        var bubble = phone.Messages[^1];
        Assert.Equal((false, "welcome", ChatStatus.Read), (bubble.FromCustomer, bubble.Text, bubble.Status));
    }

    [Fact]
    public async Task A_message_waits_for_the_phone_to_be_online_and_for_the_chat_to_be_opened()
    {
        var phone = await WriterAsync();
        phone.SetOnline(false);
        await PostAsync(Text(phone));
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 1);
        await SettledAsync();
        Assert.Equal(["sent"], Inbox.Statuses);
        Assert.Single(phone.Messages);

        phone.SetOnline(true);
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 2);
        await SettledAsync();
        Assert.Equal(["sent", "delivered"], Inbox.Statuses);

        using var open = phone.OpenChat();
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 3);
        Assert.Equal("read", Inbox.Statuses[^1]);
    }

    [Fact]
    public async Task Somebody_with_a_username_is_reached_by_their_id_and_shows_no_number()
    {
        var phone = await WriterAsync(NewPhone.WithUsername("Nour", "@nour"));
        var answer = await PostAsync(Text(phone));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Body["contacts"]![0]!["wa_id"]);
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 2);
        Assert.All(Inbox.Accepted, w => Assert.Null(w.Status!["recipient_id"]));
        Assert.All(Inbox.Accepted, w => Assert.Equal(phone.Person.Bsuid, (string)w.Status!["recipient_user_id"]!));
    }

    [Fact]
    public async Task A_window_of_24_hours_opens_with_what_the_customer_writes_and_closes_again()
    {
        var phone = await WriterAsync();
        Clock.Ahead = TimeSpan.FromHours(25);
        var answer = await PostAsync(Text(phone, callbackData: "late"));
        Assert.Equal(200, answer.Status);
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 1);
        var failed = Inbox.Accepted[0].Status!;
        Assert.Equal(("failed", 131047, "late"),
            ((string)failed["status"]!, (int)failed["errors"]![0]!["code"]!, (string)failed["biz_opaque_callback_data"]!));
        Assert.DoesNotContain(phone.Messages, m => !m.FromCustomer);

        await Simulator.WriteAsync(phone, "still there?");
        await PostAsync(Text(phone));
        await Eventually.TrueAsync(() => Inbox.Statuses.Contains("delivered"));
    }

    [Fact]
    public async Task A_template_goes_out_when_the_window_is_closed_and_to_somebody_new()
    {
        var template = Envelope("template", JsonNode.Parse("""
            {"name":"appointment_reminder","language":{"code":"en"},"components":[{"type":"body","parameters":[
                {"type":"text","text":"Maya"},{"type":"text","text":"Monday"}]}]}
            """)!);
        template["to"] = "+961 71 999 888";
        Assert.Equal(200, (await PostAsync(template)).Status);
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 2);
        Assert.Equal("utility", (string)Inbox.Accepted[0].Status!["pricing"]!["category"]!);
        var bubble = Line.FindPhone("96171999888")!.Messages.Single();
        Assert.Equal("Hello Maya, this is a reminder of your appointment on Monday.", (string)bubble.Content["rendered"]!);
    }

    [Fact]
    public async Task A_reaction_of_the_business_shows_on_the_bubble_and_can_be_withdrawn()
    {
        var phone = await WriterAsync();
        var hello = phone.Messages[0].Id;
        var reaction = Envelope("reaction", new JsonObject { ["message_id"] = hello, ["emoji"] = "🙏" });
        reaction["to"] = phone.Person.WaId;
        Assert.Equal(200, (await PostAsync(reaction)).Status);
        Assert.Equal("🙏", phone.Messages[0].BusinessReaction);
        reaction["reaction"]!["emoji"] = "";
        await PostAsync(reaction);
        Assert.Null(phone.Messages[0].BusinessReaction);
        Assert.Single(phone.Messages);
    }

    [Fact]
    public async Task Marking_read_turns_the_ticks_of_this_and_earlier_messages_and_may_show_typing()
    {
        var phone = await WriterAsync();
        var second = await Simulator.WriteAsync(phone, "and another");
        Assert.All(phone.Messages, m => Assert.Equal(ChatStatus.Delivered, m.Status));
        var read = new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = second.Id,
            ["typing_indicator"] = new JsonObject { ["type"] = "text" },
        };
        var answer = await PostAsync(read);
        Assert.True((bool)answer.Body["success"]!);
        Assert.All(phone.Messages, m => Assert.Equal(ChatStatus.Read, m.Status));
        Assert.True(phone.TypingUntil > Clock.GetUtcNow());

        read["message_id"] = "wamid.unknown";
        Assert.Equal(131009, (await PostAsync(read)).ErrorCode);
    }

    [Fact]
    public async Task A_call_needs_the_token_of_the_number()
    {
        var phone = await WriterAsync();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "somebody else's");
        var answer = await PostAsync(Text(phone));
        Assert.Equal((401, 190), (answer.Status, answer.ErrorCode));
        Assert.Equal("OAuthException", (string)answer.Body["error"]!["type"]!);
        Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(190, (await PostAsync(Text(phone))).ErrorCode);
        Assert.Single(phone.Messages);
    }
}
