using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Samia.Inbox.Businesses;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.Simulator;

/// <summary>A simulator with one business's number, and an inbox of which only the webhook endpoint exists.</summary>
public abstract class SimulatorTests : IAsyncLifetime
{
    protected static readonly WhatsAppConnection Number = new("555", "777", "96170000001", "the-token", "the-secret", "verify");
    private WhatsAppSimulator? _simulator;
    private WebhookCatcher? _inbox;

    protected WhatsAppSimulator Simulator => _simulator!;
    private protected WebhookCatcher Inbox => _inbox!;
    protected SimulatedLine Line => Simulator["555"];
    protected SettableClock Clock { get; } = new();
    protected HttpClient Http { get; } = new();
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected virtual SimulatorOptions Options => new()
    {
        SentAfter = TimeSpan.Zero, DeliveredAfter = TimeSpan.Zero, ReadAfter = TimeSpan.Zero,
        FirstRedeliveryAfter = TimeSpan.FromMilliseconds(20), OvertakenWithin = TimeSpan.FromSeconds(20), Time = Clock,
    };

    public async ValueTask InitializeAsync()
    {
        _inbox = await WebhookCatcher.StartAsync();
        _simulator = await WhatsAppSimulator.StartAsync(
            [new SimulatorConnection("Test Tarot", Number)], _inbox.Address, 0, Cancellation, Options);
        Http.BaseAddress = _simulator.Address;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Number.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await Simulator.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    /// <summary>A customer who has just written, so that the window is open.</summary>
    protected async Task<SimulatedPhone> WriterAsync(NewPhone? person = null)
    {
        var phone = Line.AddPhone(person ?? NewPhone.WithNumber("Rana", "+961 70 123 456"));
        await Simulator.WriteAsync(phone, "hello");
        Inbox.Clear();
        return phone;
    }

    protected static JsonObject Text(SimulatedPhone to, string text = "hi", string? callbackData = null)
    {
        var message = Envelope("text", new JsonObject { ["body"] = text });
        message[to.Person.HidesNumber ? "recipient" : "to"] = to.Person.HidesNumber ? to.Person.Bsuid : to.Person.WaId;
        if (callbackData is not null)
        {
            message["biz_opaque_callback_data"] = callbackData;
        }

        return message;
    }

    protected static JsonObject Envelope(string type, JsonNode content) => new()
    {
        ["messaging_product"] = "whatsapp", ["recipient_type"] = "individual", ["type"] = type, [type] = content,
    };

    private protected async Task<ApiAnswer> PostAsync(JsonNode body, string id = "555")
    {
        using var response = await Http.PostAsJsonAsync($"/v23.0/{id}/messages", body, Cancellation);
        return new ApiAnswer((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!);
    }

    protected async Task<JsonNode> GetAsync(string path) =>
        (await Http.GetFromJsonAsync<JsonNode>(path, Cancellation))!;

    protected Task SettledAsync() => Eventually.TrueAsync(() => Simulator.IsSettled);
}

/// <summary>What the Cloud API answered.</summary>
internal sealed record ApiAnswer(int Status, JsonNode Body)
{
    public int? ErrorCode => (int?)Body["error"]?["code"];
    public string Details => (string?)Body["error"]?["error_data"]?["details"] ?? "";
    public string Wamid => (string)Body["messages"]![0]!["id"]!;
}
