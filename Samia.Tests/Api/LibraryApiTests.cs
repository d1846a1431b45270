using System.Net;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.CannedResponses;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>Labels, canned responses and prompts.</summary>
public sealed class LibraryApiTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
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
    public async Task A_label_is_made_changed_and_deleted_with_its_marks()
    {
        await using var agent = Desk.Of(running.Inbox, _business);
        var conversation = await agent.ReceiveAsync("hello");
        var label = (await _program.PostAsync("labels", new { name = " Refund ", color = "#AABBCC", description = "Money back" })).Is(HttpStatusCode.Created);
        Assert.Equal(("Refund", "#aabbcc", "Money back"), (label["name"].GetString(), label["color"].GetString(), label["description"].GetString()));
        await _program.PutAsync($"conversations/{conversation}/labels/{label.Id}", null, "*");
        (await _program.PutAsync($"labels/{label.Id}", new { name = "Return", color = "#000000" })).Is(HttpStatusCode.OK);
        Assert.Equal("Return", Assert.Single((await _program.GetAsync("labels")).Items).GetProperty("name").GetString());
        (await _program.DeleteAsync($"labels/{label.Id}")).Is(HttpStatusCode.NoContent);
        (await _program.GetAsync($"labels/{label.Id}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await _program.GetAsync($"conversations/{conversation}/labels")).Json.EnumerateArray());
        Assert.Equal(["label.created", "label.changed", "label.deleted"], await ActionsAsync(label.Id));
    }

    [Fact]
    public async Task A_canned_response_is_made_changed_and_deleted()
    {
        var created = (await _program.PostAsync("canned-responses", new
        {
            shortcut = "/Hours", title = "Opening hours", folder = "Shop",
            variants = new[] { new { language = "en", body = "9 to 6" }, new { language = "ar", body = "من ٩ إلى ٦" } },
        })).Is(HttpStatusCode.Created);
        Assert.Equal(("hours", "business"), (created["shortcut"].GetString(), created["visibility"].GetString()));
        Assert.Equal(["ar", "en"], created["variants"].EnumerateArray().Select(v => v.GetProperty("language").GetString()));

        var changed = (await _program.PutAsync($"canned-responses/{created.Id}", new
        {
            shortcut = "hours", title = "Hours", variants = new[] { new { language = "en", body = "9 to 7" }, new { language = "fr", body = "9 à 19" } },
        })).Is(HttpStatusCode.OK);
        Assert.Equal(["en: 9 to 7", "fr: 9 à 19"], changed["variants"].EnumerateArray().Select(v => $"{v.GetProperty("language")}: {v.GetProperty("body")}"));
        Assert.Equal(changed.Text, (await _program.GetAsync("canned-responses")).Items.Single().GetRawText());
        (await _program.DeleteAsync($"canned-responses/{created.Id}")).Is(HttpStatusCode.NoContent);
        Assert.Empty((await _program.GetAsync("canned-responses")).Items);
        Assert.Equal(["canned_response.created", "canned_response.changed", "canned_response.deleted"], await ActionsAsync(created.Id));
    }

    [Theory]
    [InlineData("""{ "shortcut": "two words", "title": "x", "variants": [{ "language": "en", "body": "x" }] }""")]
    [InlineData("""{ "shortcut": "x", "title": "x", "visibility": "personal", "variants": [{ "language": "en", "body": "x" }] }""")]
    [InlineData("""{ "shortcut": "x", "title": "x", "visibility": "team", "variants": [{ "language": "en", "body": "x" }] }""")]
    [InlineData("""{ "shortcut": "x", "title": "x", "visibility": "team", "teamId": "0199aa00-0000-7000-8000-000000000001", "variants": [{ "language": "en", "body": "x" }] }""")]
    [InlineData("""{ "shortcut": "x", "title": "x", "variants": [{ "language": "en", "body": "x" }, { "language": "EN", "body": "y" }] }""")]
    [InlineData("""{ "shortcut": "x", "title": "x", "variants": [{ "language": "Klingonese", "body": "x" }] }""")]
    public async Task A_canned_response_that_makes_no_sense_is_refused(string body)
    {
        (await _program.PostAsync("canned-responses", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Empty((await _program.GetAsync("canned-responses")).Items);
    }

    [Fact]
    public async Task An_employees_own_response_is_nobody_elses()
    {
        await using var manager = Desk.Of(running.Inbox, _business, SeededRoles.Manager);
        await using var admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
        CannedResponseContent own = new("mine", "Mine", "", CannedResponseVisibility.Personal, null, [new("en", "mine")]);
        var id = await manager.Get<CannedResponseLibrary>().CreateAsync(own, Cancellation);
        Assert.Equal(manager.EmployeeId, (await manager.Get<CannedResponseLibrary>().FindAsync(id, Cancellation))!.OwnerId);
        Assert.Null(await admin.Get<CannedResponseLibrary>().FindAsync(id, Cancellation));
        Assert.False(await admin.Get<CannedResponseLibrary>().UpdateAsync(id, own, Cancellation));
        (await _program.GetAsync($"canned-responses/{id}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await _program.DeleteAsync($"canned-responses/{id}", "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await _program.GetAsync("canned-responses")).Items);
    }

    [Fact]
    public async Task A_prompt_goes_from_version_to_version()
    {
        var prompt = (await _program.PostAsync("prompts", new { kind = "reply", language = "en", name = "Shop", body = "Be brief." })).Is(HttpStatusCode.Created);
        Assert.Null(prompt["publishedBody"].GetString());
        var path = $"prompts/{prompt.Id}";
        var second = (await _program.PostAsync(path + "/versions", new { body = "Be brief and kind." })).Is(HttpStatusCode.Created);
        Assert.Equal(2, second["number"].GetInt32());
        Assert.Equal([2, 1], (await _program.WalkAsync(path + "/versions?limit=1")).Select(v => v.GetProperty("number").GetInt32()));

        var published = (await _program.PutAsync(path + "/published", new { version = 2 }, prompt.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal((2, "Be brief and kind."), (published["publishedVersion"].GetInt32(), published["publishedBody"].GetString()));
        (await _program.PutAsync(path + "/published", new { version = 1 }, prompt.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        (await _program.PutAsync(path + "/published", new { version = 3 }, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await _program.PutAsync(path + "/published", new { version = 1 }, published.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal("Store", (await _program.PutAsync(path, new { name = "Store" })).Is(HttpStatusCode.OK)["name"].GetString());
        (await _program.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await _program.GetAsync(path + "/versions")).IsProblem(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(["prompt.created", "prompt.version_written", "prompt.published", "prompt.published", "prompt.renamed", "prompt.deleted"], await ActionsAsync(prompt.Id));
    }

    [Fact]
    public async Task Versions_that_are_written_at_once_have_numbers_of_their_own()
    {
        var prompt = (await _program.PostAsync("prompts", new { kind = "copilot", language = "ar", name = "Shop", body = "1" })).Is(HttpStatusCode.Created);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _program.PostAsync($"prompts/{prompt.Id}/versions", new { body = "text " + i })));
        Assert.Equal([2, 3, 4, 5, 6, 7], answers.Select(a => a.Is(HttpStatusCode.Created)["number"].GetInt32()).Order());
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var canned = new { shortcut = "hours", title = "x", variants = new[] { new { language = "en", body = "x" } } };
        var prompt = new { kind = "reply", language = "en", name = "Shop", body = "x" };
        foreach (var (path, body) in ((string, object)[])[("canned-responses", canned), ("prompts", prompt), ("labels", new { name = "x", color = "#aabbcc" })])
        {
            (await _program.PostAsync(path, body)).Is(HttpStatusCode.Created);
            (await _program.PostAsync(path, body)).IsProblem(HttpStatusCode.Conflict, "conflict");
        }
    }

    [Fact]
    public async Task Whoever_may_not_manage_them_may_not()
    {
        using var reader = await ApiProgram.OfAsync(running.Inbox, _business, Permissions.ViewConversations, Permissions.Reply);
        (await reader.GetAsync("labels")).Is(HttpStatusCode.OK);
        (await reader.GetAsync("canned-responses")).Is(HttpStatusCode.OK);
        var refused = (await reader.PostAsync("labels", new { name = "x", color = "#aabbcc" })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        Assert.Contains(Permissions.ManageLabels, refused["detail"].GetString());
        (await reader.PostAsync("canned-responses", new { })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        (await reader.GetAsync("prompts")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }

    private async Task<List<string>> ActionsAsync(Guid subject)
    {
        await using var admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
        return await admin.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == subject && l.ActorKind == ActorKind.ApiToken)
            .OrderBy(l => l.Sequence).Select(l => l.Action).ToListAsync(Cancellation));
    }
}
