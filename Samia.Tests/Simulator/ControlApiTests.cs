using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Samia.Tests.Simulator;

public sealed class ControlApiTests : SimulatorTests
{
    private const string Phones = "/simulator/api/lines/555/phones";

    [Fact]
    public async Task A_script_invents_a_customer_writes_reacts_edits_and_deletes()
    {
        await AskAsync(HttpMethod.Post, Phones, """{"name":"Rana","number":"+961 70 123 456","username":"@rana"}""");
        var phone = Line.FindPhone("rana")!;
        Assert.Equal(("96170123456", false), (phone.Person.WaId, phone.Person.HidesNumber));

        // Until one of the ids has a slash, which an address must carry encoded.
        do
        {
            await AskAsync(HttpMethod.Post, Phones + "/96170123456/messages", """{"text":"hello"}""");
        }
        while (!phone.Messages[^1].Id.Contains('/', StringComparison.Ordinal));

        var message = $"{Phones}/rana/messages/{Uri.EscapeDataString(phone.Messages[^1].Id)}";
        await AskAsync(HttpMethod.Put, message + "/reaction", """{"emoji":"👍"}""");
        Assert.Equal("👍", phone.Messages[^1].CustomerReaction);
        await AskAsync(HttpMethod.Put, message, """{"text":"hello there"}""");
        Assert.Equal(("hello there", true), (phone.Messages[^1].Text, phone.Messages[^1].Edited));
        await AskAsync(HttpMethod.Delete, message, "{}");
        Assert.True(phone.Messages[^1].Revoked);
        await AskAsync(HttpMethod.Put, Phones + "/rana/number", """{"number":"+961 71 999 888"}""");
        Assert.Equal("96171999888", phone.Person.WaId);
        await SettledAsync();
        Assert.Equal(["reaction", "edit", "revoke", "system"], Inbox.Accepted.TakeLast(4).Select(w => (string)w.Message!["type"]!));
    }

    [Theory]
    [InlineData("", """{"name":"X"}""", 400, "no phone number")]
    [InlineData("", """{"name":"X","number":"12"}""", 400, "'12'")]
    [InlineData("/nobody/messages", """{"text":"x"}""", 404, "nobody")]
    [InlineData("/96170123456/messages", """{"text":" "}""", 400, "nothing to send")]
    [InlineData("/96170123456/messages", """{"type":"sample","sample":"no.jpg"}""", 400, "no.jpg")]
    [InlineData("/96170123456/messages", """{"type":"order"}""", 400, "content")]
    public async Task What_cannot_be_done_is_refused_in_words(string path, string body, int status, string words)
    {
        await WriterAsync();
        using var response = await SendAsync(HttpMethod.Post, Phones + path, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(words, (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_tells_calls_and_webhooks_and_no_token()
    {
        var phone = await WriterAsync();
        await PostAsync(Text(phone));
        var log = (await GetAsync("/simulator/api/log")).ToJsonString();
        Assert.Contains("/v23.0/555/messages", log, StringComparison.Ordinal);
        Assert.Contains("webhook", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Number.AccessToken, log, StringComparison.Ordinal);
        Assert.DoesNotContain(Number.AppSecret, log, StringComparison.Ordinal);
    }

    private async Task AskAsync(HttpMethod method, string path, string body)
    {
        using var response = await SendAsync(method, path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body) => Http.SendAsync(
        new HttpRequestMessage(method, path) { Content = new StringContent(body, null, "application/json") }, Cancellation);
}
