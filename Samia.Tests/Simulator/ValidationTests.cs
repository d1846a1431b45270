using System.Text.Json.Nodes;

namespace Samia.Tests.Simulator;

public sealed class ValidationTests : SimulatorTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"x"},"to":"96170123456"}""", 100, "messaging_product")]
    [InlineData("""{"messaging_product":"whatsapp","text":{"body":"x"}}""", 100, "to or recipient")]
    [InlineData("""{"messaging_product":"whatsapp","to":"12","text":{"body":"x"}}""", 131009, "'12'")]
    [InlineData("""{"messaging_product":"whatsapp","recipient":"XX.1","text":{"body":"x"}}""", 131009, "XX.1")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"group","to":"96170123456","text":{"body":"x"}}""", 131009, "recipient_type")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"hologram"}""", 100, "hologram")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"text"}""", 131008, "text")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"text","text":{"body":""}}""", 131008, "body")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"image","image":{"id":"1"}}""", 100, "image['id']")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"image","image":{}}""", 100, "image['link']")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"image","image":{"link":"nowhere"}}""", 131009, "URI")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"location","location":{"latitude":99,"longitude":1}}""", 131009, "latitude")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"location","location":{"latitude":9}}""", 131008, "longitude")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"contacts","contacts":[{"name":{}}]}""", 131008, "formatted_name")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"reaction","reaction":{"emoji":"x"}}""", 131008, "message_id")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"reaction","reaction":{"message_id":"wamid.no","emoji":"x"}}""", 131009, "wamid.no")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[{"reply":{"id":"1","title":"a"}},{"reply":{"id":"2","title":"b"}},{"reply":{"id":"3","title":"c"}},{"reply":{"id":"4","title":"d"}}]}}}""", 131009, "1 to 3")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"interactive","interactive":{"type":"button","action":{"buttons":[]}}}""", 131008, "body")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"template","template":{"name":"nope","language":{"code":"en"}}}""", 132001, "nope")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"template","template":{"name":"spring_offer","language":{"code":"en"}}}""", 132015, "paused")]
    [InlineData("""{"messaging_product":"whatsapp","to":"96170123456","type":"template","template":{"name":"appointment_reminder","language":{"code":"en"}}}""", 132000, "expected number")]
    public async Task What_is_wrong_is_refused_with_Metas_code_and_named(string body, int code, string named)
    {
        var phone = await WriterAsync();
        var answer = await PostAsync(JsonNode.Parse(body)!);
        Assert.Equal(code, answer.ErrorCode);
        Assert.Contains(named, answer.Details, StringComparison.Ordinal);
        Assert.InRange(answer.Status, 400, 404);
        await SettledAsync();
        Assert.Single(phone.Messages);
        Assert.Empty(Inbox.Caught);
    }

    [Fact]
    public async Task A_text_has_at_most_4096_characters()
    {
        var phone = await WriterAsync();
        Assert.Equal(200, (await PostAsync(Text(phone, new string('x', 4096)))).Status);
        Assert.Equal(100, (await PostAsync(Text(phone, new string('x', 4097)))).ErrorCode);
    }

    [Fact]
    public async Task An_authentication_code_needs_a_number()
    {
        var phone = await WriterAsync(Samia.Local.Simulator.NewPhone.WithUsername("Nour", "nour"));
        var code = Envelope("template", JsonNode.Parse("""
            {"name":"verification_code","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"1"}]}]}
            """)!);
        code["recipient"] = phone.Person.Bsuid;
        Assert.Equal(131062, (await PostAsync(code)).ErrorCode);
    }

    [Fact]
    public async Task What_is_no_object_or_no_number_of_ours_is_refused()
    {
        using var response = await Http.PostAsync("/v23.0/555/messages", new StringContent("not json"), Cancellation);
        Assert.Equal(400, (int)response.StatusCode);
        var answer = await PostAsync(new JsonObject { ["messaging_product"] = "whatsapp" }, id: "999");
        Assert.Equal((400, 100), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Templates_are_listed_page_by_page()
    {
        var first = await GetAsync("/v23.0/777/message_templates?limit=4");
        Assert.Equal(4, first["data"]!.AsArray().Count);
        var next = await GetAsync(new Uri((string)first["paging"]!["next"]!).PathAndQuery);
        Assert.Null(next["paging"]!["next"]);
        var names = first["data"]!.AsArray().Concat(next["data"]!.AsArray()).Select(t => (string)t!["name"]!).ToList();
        Assert.Equal(Line.Templates.Select(t => t.Name), names);
        Assert.Equal("APPROVED", (string)first["data"]![0]!["status"]!);
    }
}
