using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>
/// An inbox whose dispatcher calls a server that stands in for Meta, with a clock that the tests move: waits of minutes
/// are over when a test says so.
/// </summary>
public abstract class OutboundTests(TestServers servers) : IAsyncLifetime
{
    private CloudApiServer? _api;
    private TestInbox? _inbox;
    private TestBusiness? _business;

    private protected CloudApiServer Api => _api!;
    protected TestInbox Inbox => _inbox!;
    protected TestBusiness Business => _business!;
    private protected Meta Meta => new(Inbox, Business);
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await CloudApiServer.StartAsync();
        _inbox = await StartNodeAsync();
        _business = await TestBusiness.CreateAsync(_inbox);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Api.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    /// <summary>A node of this test's database, or the first with a database of its own.</summary>
    protected Task<TestInbox> StartNodeAsync(params (string Key, string Value)[] settings) =>
        TestInbox.StartAsync(servers, _inbox?.Database, builder => Configure(builder, settings));

    /// <summary>A customer who wrote to the business, and so has a conversation.</summary>
    private protected async Task<Guid> ConversationAsync(string? number = null, string? bsuid = null, TestBusiness? business = null)
    {
        number ??= bsuid is null ? Bodies.NewNumber() : null;
        business ??= Business;
        var meta = new Meta(Inbox, business);
        await meta.DeliverAsync(Bodies.Of(business, Bodies.Text(number, "hello", bsuid: bsuid)));
        return await meta.ReadAsync(db => Task.FromResult((
            from conversation in db.Conversations
            join customer in db.Customers on conversation.CustomerId equals customer.Id
            where number != null ? customer.WaId == number : customer.Bsuid == bsuid
            select conversation.Id).Single()));
    }

    private protected async Task<Guid> SendAsync(Guid conversationId, string text, TestBusiness? business = null, TestInbox? node = null)
    {
        business ??= Business;
        await using var scope = (node ?? Inbox).Services.CreateTenantScope(business.Id, business.EmployeeIds["Agent"]);
        return await scope.ServiceProvider.GetRequiredService<Sender>()
            .SendTextAsync(conversationId, text, Guid.NewGuid(), Cancellation);
    }

    private protected async Task<Message> MessageAsync(Guid id, TestBusiness? business = null) =>
        (await new Meta(Inbox, business ?? Business).MessagesAsync()).Single(m => m.Id == id);

    private protected async Task<Message> BecomesAsync(Guid id, MessageStatus status, TestBusiness? business = null)
    {
        await Eventually.TrueAsync(async () => (await MessageAsync(id, business)).Status == status, what: $"the message is {status}");
        return await MessageAsync(id, business);
    }

    /// <summary>
    /// Moves the clock on, step by step, until the condition holds. Never in a call, which would be overtaken by the end
    /// of its claim; but a claim that nobody works on any more must end.
    /// </summary>
    private protected Task AdvanceUntilAsync(TimeSpan step, Func<Task<bool>> condition, string what)
    {
        var waited = 0;
        return Eventually.TrueAsync(async () =>
        {
            if (await condition())
            {
                return true;
            }

            var rests = await Inbox.Database.ScalarAsync<long>("select count(*) from outbox where claimed_until is not null") == 0;
            // What it waits for may have happened between the two looks.
            if (await condition())
            {
                return true;
            }

            if (rests || ++waited > 150)
            {
                waited = 0;
                Clock.Advance(rests ? step : new OutboundOptions().ClaimFor);
            }

            return false;
        }, seconds: 60, what: what);
    }

    /// <summary>Waits until the entry of the message waits for another try, and says for how long from now.</summary>
    private protected async Task<TimeSpan> WaitsAsync(Guid messageId)
    {
        await Eventually.TrueAsync(async () => await Meta.CountAsync("outbox",
            $"message_id = '{messageId}' and attempts > 0 and claimed_until is null") == 1, what: "the entry waits");
        return new DateTimeOffset(await Inbox.Database.ScalarAsync<DateTime>(
            "select due_at from outbox where message_id = $1", messageId)) - Clock.GetUtcNow();
    }

    private protected async Task<T> AsAsync<T>(string role, Func<SendingState, Task<T>> use, TestBusiness? business = null)
    {
        business ??= Business;
        await using var scope = Inbox.Services.CreateTenantScope(business.Id, business.EmployeeIds[role]);
        return await use(scope.ServiceProvider.GetRequiredService<SendingState>());
    }

    private protected Task<SendingStatus> SendingAsync(TestBusiness? business = null) =>
        AsAsync("Agent", s => s.GetAsync(Cancellation), business);

    private void Configure(WebApplicationBuilder builder, (string Key, string Value)[] settings)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsApp:BaseAddress"] = Api.Address.ToString(),
            ["WhatsApp:Outbound:LookEvery"] = "00:00:00.05",
            ["WhatsApp:Outbound:CallTimeout"] = "00:00:01.5",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddSingleton<TimeProvider>(Clock);
    }
}
