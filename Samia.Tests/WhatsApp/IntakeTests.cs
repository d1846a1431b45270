using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

public sealed class IntakeTests(TestServers servers) : InboundTests(servers)
{
    private const string Rana = "96170111111";
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600);

    [Fact]
    public async Task A_message_makes_customer_conversation_and_counters()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Contact(Rana, name: "Rana"), Bodies.Text(Rana, "hello\nthere", at: Noon)));
        var conversation = Assert.Single(await Meta.ConversationsAsync());
        Assert.Equal(("Rana", 1, "hello there"), (conversation.CustomerName, conversation.UnreadCount, conversation.LastMessagePreview));
        Assert.Equal((ConversationStatus.Open, ConversationMode.Human), (conversation.Status, conversation.Mode));
        Assert.Equal(Noon, conversation.WaitingSince);
        Assert.Equal(Noon.AddHours(24), conversation.WindowClosesAt);
    }

    [Fact]
    public async Task A_click_on_an_ad_opens_the_window_for_three_days()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Message(Rana, "text",
            """{"text":{"body":"hi"},"referral":{"source_type":"ad","source_id":"1"}}""", at: Noon)));
        Assert.Equal(Noon.AddHours(72), Assert.Single(await Meta.ConversationsAsync()).WindowClosesAt);
    }

    [Fact]
    public async Task The_same_message_delivered_again_even_at_once_is_one_message()
    {
        var body = Bodies.Of(Business, Bodies.Text(Rana, "once"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Meta.PostAsync(body)));
        await Meta.SettledAsync();
        await Meta.DeliverAsync(body);
        Assert.Single(await Meta.MessagesAsync());
        Assert.Equal(1, Assert.Single(await Meta.ConversationsAsync()).UnreadCount);
    }

    [Fact]
    public async Task A_hundred_messages_of_one_sender_keep_their_order()
    {
        var bodies = Enumerable.Range(0, 50).Select(i => Bodies.Of(Business,
            Bodies.Text(Rana, $"{2 * i}", at: Noon), Bodies.Text(Rana, $"{(2 * i) + 1}", at: Noon))).ToArray();
        await Meta.DeliverAsync(bodies);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), (await Meta.MessagesAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task A_message_that_comes_late_takes_its_place_and_not_the_preview()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Rana, "second", at: Noon)));
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Rana, "first", at: Noon.AddMinutes(-5))));
        Assert.Equal(["first", "second"], (await Meta.MessagesAsync()).Select(m => m.Body));
        var conversation = Assert.Single(await Meta.ConversationsAsync());
        Assert.Equal(("second", 2), (conversation.LastMessagePreview, conversation.UnreadCount));
    }

    [Fact]
    public async Task A_reaction_edit_and_revoke_change_their_message_whichever_comes_first()
    {
        foreach (var early in (bool[])[false, true])
        {
            var wamid = Bodies.NewWamid();
            string[] message = [Bodies.Of(Business, Bodies.Text(Rana, "original", wamid, Noon))];
            string[] changes =
            [
                Bodies.Of(Business, Bodies.Message(Rana, "reaction", $$$"""{"reaction":{"message_id":"{{{wamid}}}","emoji":"🙏"}}""", at: Noon.AddSeconds(1))),
                Bodies.Of(Business, Bodies.Message(Rana, "edit",
                    $$$"""{"edit":{"original_message_id":"{{{wamid}}}","message":{"type":"text","text":{"body":"corrected"} } } }""", at: Noon.AddSeconds(2))),
                Bodies.Of(Business, Bodies.Message(Rana, "revoke", $$$"""{"revoke":{"original_message_id":"{{{wamid}}}"}}""", at: Noon.AddSeconds(3))),
            ];
            await Meta.DeliverAsync(early ? changes : message);
            await Meta.DeliverAsync(early ? message : changes);
            await Meta.DeliverAsync(changes);
            var shown = Assert.Single(await Meta.MessagesAsync(), m => m.Wamid == wamid);
            Assert.Equal(("corrected", "🙏", Noon.AddSeconds(3)), (shown.Body, shown.CustomerReaction, shown.RevokedAt));
            Assert.Contains("original", shown.Versions, StringComparison.Ordinal);
        }

        Assert.Equal(0, await Meta.CountAsync("held_events"));
    }

    [Fact]
    public async Task A_reaction_is_withdrawn_by_an_empty_one_but_not_by_an_older()
    {
        var wamid = Bodies.NewWamid();
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Rana, "hi", wamid, Noon)),
            React("👍", 5), React("", 9), React("❤", 7));
        Assert.Null(Assert.Single(await Meta.MessagesAsync()).CustomerReaction);

        string React(string emoji, int after) => Bodies.Of(Business, Bodies.Message(Rana, "reaction",
            $$$"""{"reaction":{"message_id":"{{{wamid}}}","emoji":"{{{emoji}}}"}}""", at: Noon.AddSeconds(after)));
    }

    [Fact]
    public async Task A_customer_without_a_number_is_received_and_merged_when_both_ids_appear()
    {
        var bsuid = Bodies.NewBsuid();
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Contact(null, bsuid, "Rana", "rana.k"), Bodies.Text(null, "by my username", bsuid: bsuid)),
            Bodies.Of(Business, Bodies.Text(Rana, "by my number")));
        Assert.Equal(2, (await Meta.CustomersAsync()).Count);
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Contact(Rana, bsuid), Bodies.Text(Rana, "both", bsuid: bsuid)));

        var customer = Assert.Single(await Meta.CustomersAsync());
        Assert.Equal((Rana, bsuid, "rana.k"), (customer.WaId, customer.Bsuid, customer.Username));
        var conversation = Assert.Single(await Meta.ConversationsAsync());
        Assert.Equal(3, conversation.UnreadCount);
        Assert.Equal(["by my username", "by my number", "both"], (await Meta.MessagesAsync()).Select(m => m.Body));
        Assert.All(await Meta.MessagesAsync(), m => Assert.Equal(conversation.Id, m.ConversationId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_goes_on_under_a_new_number(bool newNumberWroteFirst)
    {
        const string NewNumber = "96170222222";
        var bsuid = Bodies.NewBsuid();
        var announcement = Bodies.Of(Business, Bodies.Message(Rana, "system",
            $$$"""{"system":{"type":"user_changed_number","body":"Rana changed","wa_id":"{{{NewNumber}}}","user_id":"{{{bsuid}}}"}}"""));
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Rana, "old")));
        if (newNumberWroteFirst)
        {
            await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(NewNumber, "new")));
        }

        await Meta.DeliverAsync(announcement, announcement);
        if (!newNumberWroteFirst)
        {
            await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(NewNumber, "new")));
        }

        var customer = Assert.Single(await Meta.CustomersAsync());
        Assert.Equal((NewNumber, bsuid), (customer.WaId, customer.Bsuid));
        Assert.Single(await Meta.ConversationsAsync());
        Assert.Equal(3, (await Meta.MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_changed_business_scoped_id_keeps_the_conversation()
    {
        var (old, current) = (Bodies.NewBsuid(), Bodies.NewBsuid());
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Text(null, "before", bsuid: old)),
            Bodies.Of(Business, Bodies.Message(null, "system",
                $$$"""{"system":{"type":"user_changed_user_id","previous_user_id":"{{{old}}}","user_id":"{{{current}}}"}}""", bsuid: current)),
            Bodies.Of(Business, Bodies.Text(null, "after", bsuid: current)));
        Assert.Equal(current, Assert.Single(await Meta.CustomersAsync()).Bsuid);
        Assert.Single(await Meta.ConversationsAsync());
    }

    [Fact]
    public async Task A_number_that_another_person_took_over_starts_a_conversation_of_its_own()
    {
        var (first, second) = (Bodies.NewBsuid(), Bodies.NewBsuid());
        await Meta.DeliverAsync(
            Bodies.Of(Business, Bodies.Contact(Rana, first), Bodies.Text(Rana, "I am Rana", bsuid: first)),
            Bodies.Of(Business, Bodies.Contact(null, second), Bodies.Text(null, "I am Ziad", bsuid: second)),
            Bodies.Of(Business, Bodies.Contact(Rana, second), Bodies.Text(Rana, "Ziad with Rana's old number", bsuid: second)));
        Assert.Equal(2, (await Meta.CustomersAsync()).Count);
        var conversations = (await Meta.MessagesAsync()).Select(m => m.ConversationId).ToList();
        Assert.Equal(conversations[1], conversations[2]);
        Assert.NotEqual(conversations[0], conversations[2]);
    }
}
