using System.Net;
using Microsoft.EntityFrameworkCore;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Api;

public sealed class CustomerApiTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private ApiProgram _program = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _program = await ApiProgram.OfAsync(running.Inbox, _business);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_customer_is_created_read_and_changed()
    {
        var created = (await _program.PostAsync("customers", new
        {
            phone = "00961 70-123 456".Replace("00961", "+961"), name = " Maya ", email = "maya@example.com", language = "AR", attributes = new { city = "بيروت", vip = true },
        })).Is(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/customers/{created.Id}", created.Headers.Location!.ToString());
        Assert.Equal(("96170123456", "Maya", "Maya", "ar"), (created["phone"].GetString(), created["name"].GetString(),
            created["displayName"].GetString(), created["language"].GetString()));

        var read = (await _program.GetAsync($"customers/{created.Id}")).Is(HttpStatusCode.OK);
        Assert.Equal((created.ETag, created.Text), (read.ETag, read.Text));
        Assert.Equal("بيروت", read["attributes"].GetProperty("city").GetString());

        var changed = (await _program.PutAsync($"customers/{created.Id}", new { name = "Maya Haddad", attributes = new { } })).Is(HttpStatusCode.OK);
        Assert.NotEqual(created.ETag, changed.ETag);
        Assert.Equal(("Maya Haddad", null, "{}"), (changed["name"].GetString(), changed["email"].GetString(), changed["attributes"].GetRawText()));
        Assert.Equal(changed.ETag, (await _program.GetAsync($"customers/{created.Id}")).ETag);
    }

    [Fact]
    public async Task A_new_name_is_shown_by_the_conversation_and_the_log_does_not_tell_it()
    {
        await using var agent = Desk.Of(running.Inbox, _business);
        var conversation = await agent.ReceiveAsync("hello", name: "Known as");
        var id = (await agent.ConversationAsync(conversation)).CustomerId;
        (await _program.PutAsync($"customers/{id}", new { name = "Layla Secret" })).Is(HttpStatusCode.OK);
        Assert.Equal("Layla Secret", (await _program.GetAsync($"conversations/{conversation}"))["customerName"].GetString());

        var log = await agent.ReadAsync(db => db.ActivityLogs.SingleAsync(l => l.Action == "customer.changed", Cancellation));
        Assert.Equal((Samia.Data.ActorKind.ApiToken, id), (log.ActorKind, log.SubjectId));
        Assert.DoesNotContain("Layla", log.SubjectName + log.Before + log.After + log.Details);
    }

    [Fact]
    public async Task Nobody_is_created_twice_and_who_creates_may_see_who_it_is()
    {
        using var writer = await ApiProgram.OfAsync(running.Inbox, _business, Permissions.EditCustomers);
        var number = "+" + Bodies.NewNumber();
        (await writer.PostAsync("customers", new { phone = number })).Is(HttpStatusCode.Created);
        (await writer.PostAsync("customers", new { phone = number })).IsProblem(HttpStatusCode.Conflict, "conflict");
        (await writer.GetAsync("customers")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        // Another business has customers of its own.
        using var other = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        (await other.PostAsync("customers", new { phone = number })).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{ "phone": "12" }""", null)]
    [InlineData("""{ "name": "x" }""", "phone")]
    [InlineData("""{ "phone": "+96170000001", "email": "maya" }""", "email")]
    [InlineData("""{ "phone": "+96170000001", "language": "Klingonese" }""", null)]
    [InlineData("""{ "phone": "+96170000001", "attributes": { "a": "\u0000" } }""", null)]
    [InlineData("""{ "phone": "+96170000001", "name": "a\u0000b" }""", null)]
    public async Task What_is_wrong_is_said(string body, string? field)
    {
        var refused = (await _program.PostAsync("customers", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        if (field is not null)
        {
            refused.OfField(field);
        }
    }

    [Fact]
    public async Task Customers_are_found_by_what_they_are()
    {
        foreach (var (phone, name, email) in new[] { ("+96170000011", "Rami 100%", "rami@example.com"), ("+96170000012", "Rana_B", "r@b.example"), ("+96170000013", "سلمى", "s@example.com") })
        {
            (await _program.PostAsync("customers", new { phone, name, email })).Is(HttpStatusCode.Created);
        }

        async Task<string> NamesAsync(string query) =>
            string.Join(", ", (await _program.GetAsync("customers?" + query)).Is(HttpStatusCode.OK).Items.Select(c => c.GetProperty("name").GetString()));
        Assert.Equal("Rami 100%, Rana_B, سلمى", await NamesAsync("limit=100"));
        Assert.Equal("Rami 100%, Rana_B", await NamesAsync("search=RA"));
        Assert.Equal("Rami 100%", await NamesAsync("search=" + Uri.EscapeDataString("0%")));
        Assert.Equal("Rana_B", await NamesAsync("search=a_b"));
        Assert.Equal("سلمى", await NamesAsync("search=" + Uri.EscapeDataString("سل")));
        Assert.Equal("Rana_B", await NamesAsync("search=B.EXAMPLE"));
        Assert.Equal("Rana_B", await NamesAsync("phone=" + Uri.EscapeDataString("961 70 000 012")));
        Assert.Equal("", await NamesAsync("phone=x"));
        Assert.Equal("", await NamesAsync("search=" + Uri.EscapeDataString("' or true --")));
        Assert.Equal("Rana_B", await NamesAsync("search=%00rana"));
    }

    [Fact]
    public async Task A_walk_sees_everybody_once_whoever_comes_meanwhile()
    {
        async Task ComeAsync() => (await _program.PostAsync("customers", new { phone = "+" + Bodies.NewNumber() })).Is(HttpStatusCode.Created);
        for (var i = 0; i < 5; i++)
        {
            await ComeAsync();
        }

        var arrivals = 0;
        var seen = await _program.WalkAsync("customers?limit=2", () => arrivals++ < 3 ? ComeAsync() : Task.CompletedTask);
        Assert.Equal(8, seen.Count);
        Assert.Equal(8, seen.Select(c => c.GetProperty("id").GetGuid()).Distinct().Count());
    }
}
