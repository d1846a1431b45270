using System.Net;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

public sealed class ConversationApiTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private ApiProgram _program = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _program = await ApiProgram.OfAsync(running.Inbox, _business);
        _agent = Desk.Of(running.Inbox, _business);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return _agent.DisposeAsync();
    }

    [Fact]
    public async Task A_conversation_is_read_resolved_and_opened_again()
    {
        var id = await _agent.ReceiveAsync("hello there", name: "Maya");
        var read = (await _program.GetAsync($"conversations/{id}")).Is(HttpStatusCode.OK);
        Assert.Equal((id, "Maya", "open", "hello there", 1), (read.Id, read["customerName"].GetString(), read["status"].GetString(),
            read["lastMessage"].GetString(), read["unreadCount"].GetInt32()));

        (await ChangeAsync(id, "resolved")).Is(HttpStatusCode.NoContent);
        Assert.Equal(ConversationStatus.Resolved, (await _agent.ConversationAsync(id)).Status);
        (await ChangeAsync(id, "open")).Is(HttpStatusCode.NoContent);
        Assert.Equal(ConversationStatus.Open, (await _agent.ConversationAsync(id)).Status);
        (await ChangeAsync(id, "snoozed")).IsProblem(HttpStatusCode.BadRequest, "bad_request").OfField("status");
    }

    [Fact]
    public async Task Who_has_not_seen_the_newest_message_does_not_resolve()
    {
        const string number = "96170555001";
        var id = await _agent.ReceiveAsync("hello", number);
        var seen = (await _program.GetAsync($"conversations/{id}")).ETag!;
        await _agent.ReceiveAsync("one more thing", number);
        (await ChangeAsync(id, "resolved", seen)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        Assert.Equal(ConversationStatus.Open, (await _agent.ConversationAsync(id)).Status);
        (await ChangeAsync(id, "resolved", "*")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Conversations_are_found_by_what_they_are()
    {
        var maya = await _agent.ReceiveAsync("one", name: "Maya");
        var omar = await _agent.ReceiveAsync("two", name: "Omar");
        var since = DateTimeOffset.UtcNow;
        var rana = await _agent.ReceiveAsync("three", name: "Rana");
        await _agent.Get<Assignments>().AssignAsync(omar, _agent.EmployeeId, Cancellation);
        (await ChangeAsync(rana, "resolved")).Is(HttpStatusCode.NoContent);
        var label = (await _program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" })).Id;
        (await _program.PutAsync($"conversations/{maya}/labels/{label}", null, "*")).Is(HttpStatusCode.NoContent);
        var customer = (await _agent.ConversationAsync(maya)).CustomerId;

        async Task<Guid[]> IdsAsync(string query) =>
            [.. (await _program.GetAsync("conversations?" + query)).Is(HttpStatusCode.OK).Items.Select(c => c.GetProperty("id").GetGuid())];
        Assert.Equal([rana, omar, maya], await IdsAsync(""));
        Assert.Equal([omar, maya], await IdsAsync("status=open"));
        Assert.Equal([rana], await IdsAsync("status=resolved"));
        Assert.Empty(await IdsAsync("status=pending"));
        Assert.Equal([omar], await IdsAsync($"assigneeId={_agent.EmployeeId}"));
        Assert.Equal([rana, maya], await IdsAsync("unassigned=true"));
        Assert.Equal([maya], await IdsAsync($"labelId={label}"));
        Assert.Equal([maya], await IdsAsync($"customerId={customer}&status=open"));
        Assert.Equal([rana], await IdsAsync("activeSince=" + Uri.EscapeDataString(since.ToString("O"))));
        Assert.Equal([omar, maya], await IdsAsync("search=MA"));
        Assert.Empty(await IdsAsync("search=" + Uri.EscapeDataString("') or true --")));
        Assert.Empty(await IdsAsync("search=%25"));
        (await _program.GetAsync("conversations?status=done")).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("status");
    }

    [Fact]
    public async Task A_walk_sees_each_conversation_once_while_new_ones_come()
    {
        var there = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            there.Insert(0, await _agent.ReceiveAsync("hello", name: "Number " + i));
        }

        var walked = await _program.WalkAsync("conversations?limit=2&status=open&search=number", () => _agent.ReceiveAsync("late", name: "Number late"));
        Assert.Equal(there, walked.Select(c => c.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_program_assigns_and_the_history_says_that_no_employee_did()
    {
        var id = await _agent.ReceiveAsync("hello");
        (await _program.PostAsync($"conversations/{id}/assignments", new { employeeId = _agent.EmployeeId })).Is(HttpStatusCode.NoContent);
        (await _program.PostAsync($"conversations/{id}/assignments", new { employeeId = (Guid?)null })).Is(HttpStatusCode.NoContent);
        Assert.Null((await _agent.ConversationAsync(id)).AssigneeId);

        var history = (await _program.GetAsync($"conversations/{id}/assignments")).Is(HttpStatusCode.OK).Items;
        Assert.Equal([null, _agent.EmployeeId.ToString()], history.Select(a => a.GetProperty("toEmployeeId").GetString()));
        Assert.All(history, a => Assert.Null(a.GetProperty("byEmployeeId").GetString()));
        var log = await _agent.ReadAsync(db => db.ActivityLogs.Where(l => l.Action == "conversation.assigned").ToListAsync(Cancellation));
        Assert.Equal(2, log.Count);
        Assert.All(log, l => Assert.Equal((ActorKind.ApiToken, null), (l.ActorKind, l.EmployeeId)));

        (await _program.PostAsync($"conversations/{id}/assignments", new { employeeId = Guid.NewGuid() })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await _program.PostAsync($"conversations/{id}/assignments", new { })).IsProblem(HttpStatusCode.BadRequest, "not_json");
    }

    [Fact]
    public async Task A_note_of_a_program_stands_in_the_thread()
    {
        var id = await _agent.ReceiveAsync("hello");
        using var writer = await ApiProgram.OfAsync(running.Inbox, _business, Permissions.WriteNotes);
        var written = (await writer.PostAsync($"conversations/{id}/notes", new { body = " Paid, order 1042 " }, ("Idempotency-Key", "note-1"))).Is(HttpStatusCode.Created);
        Assert.Equal(("Paid, order 1042", null, id), (written["body"].GetString(), written["employeeId"].GetString(), written["conversationId"].GetGuid()));
        (await writer.PostAsync($"conversations/{id}/notes", new { body = " Paid, order 1042 " }, ("Idempotency-Key", "note-1"))).Is(HttpStatusCode.Created);

        Assert.Equal(written.Id, Assert.Single((await _program.GetAsync($"conversations/{id}/notes")).Items).GetProperty("id").GetGuid());
        Assert.Equal(written.Text, (await _program.GetAsync(written.Headers.Location!.ToString())).Text);
        var thread = await _agent.Get<ConversationThread>().BeforeAsync(id, null, 10, Cancellation);
        Assert.Equal((written.Id, null), thread.OfType<ThreadNote>().Select(n => (n.Id, n.EmployeeId)).Single());
        (await writer.GetAsync($"notes/{written.Id}")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }

    [Fact]
    public async Task Labels_are_put_on_conversations_and_taken_off()
    {
        var id = await _agent.ReceiveAsync("hello");
        var label = (await _program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" })).Id;
        for (var i = 0; i < 2; i++)
        {
            (await _program.PutAsync($"conversations/{id}/labels/{label}", null, "*")).Is(HttpStatusCode.NoContent);
        }

        Assert.Equal("Refund", Assert.Single((await _program.GetAsync($"conversations/{id}/labels")).Json.EnumerateArray()).GetProperty("name").GetString());
        for (var i = 0; i < 2; i++)
        {
            (await _program.SendAsync(HttpMethod.Delete, $"conversations/{id}/labels/{label}", null)).Is(HttpStatusCode.NoContent);
        }

        Assert.Empty((await _program.GetAsync($"conversations/{id}/labels")).Json.EnumerateArray());
        var log = await _agent.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == id).OrderBy(l => l.Sequence).Select(l => l.Action).ToListAsync(Cancellation));
        Assert.Equal(["conversation.labeled", "conversation.unlabeled"], log);
        (await _program.PutAsync($"conversations/{id}/labels/{Guid.NewGuid()}", null, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    private async Task<ApiAnswer> ChangeAsync(Guid id, string status, string? seen = null) => await _program.SendAsync(
        HttpMethod.Patch, $"conversations/{id}", new { status }, ("If-Match", seen ?? (await _program.GetAsync($"conversations/{id}")).ETag!));
}
