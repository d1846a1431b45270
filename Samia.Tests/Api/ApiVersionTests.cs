using System.Net;
using Microsoft.AspNetCore.Routing;
using Samia.Inbox.Api;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Api;

/// <summary>What holds for everything that is read and changed by its address.</summary>
public sealed class ApiVersionTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static readonly Dictionary<string, (object Create, object Change)> Resources = new()
    {
        ["labels"] = (new { name = "Refund", color = "#aabbcc" }, new { name = "Money back", color = "#aabbcc" }),
        ["customers"] = (new { phone = "+" + Bodies.NewNumber(), name = "Maya" }, new { name = "Layla" }),
        ["canned-responses"] = (Canned("hours"), Canned("times")),
        ["prompts"] = (new { kind = "reply", language = "en", name = "Shop", body = "Be brief." }, new { name = "Store" }),
    };

    public static TheoryData<string> Names => [.. Resources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nobody_overwrites_what_they_have_not_seen(string resource)
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var created = (await program.PostAsync(resource, Resources[resource].Create)).Is(HttpStatusCode.Created);
        var (path, change) = ($"{resource}/{created.Id}", Resources[resource].Change);
        Assert.Equal(created.ETag, (await program.GetAsync(path)).Is(HttpStatusCode.OK).ETag);

        (await program.SendAsync(HttpMethod.Put, path, change)).IsProblem(HttpStatusCode.PreconditionRequired, "version_required");
        foreach (var wrong in (string[])["\"1\"", "W/" + created.ETag, "\"zz\"", ""])
        {
            (await program.PutAsync(path, change, wrong)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        }

        var changed = (await program.PutAsync(path, change, $"\"1\", {created.ETag}")).Is(HttpStatusCode.OK);
        (await program.PutAsync(path, Resources[resource].Change, created.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "version_stale");
        Assert.Equal((changed.Text, changed.ETag), ((await program.GetAsync(path)).Text, (await program.GetAsync(path)).ETag));
        (await program.PutAsync(path, change, "*")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_has_not_changed_is_not_sent_again(string resource)
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var created = (await program.PostAsync(resource, Resources[resource].Create)).Is(HttpStatusCode.Created);
        var path = $"{resource}/{created.Id}";
        var same = (await program.GetAsync(path, ("If-None-Match", created.ETag!))).Is(HttpStatusCode.NotModified);
        Assert.Equal(("", created.ETag), (same.Text, same.ETag));
        (await program.GetAsync(path, ("If-None-Match", "W/" + created.ETag))).Is(HttpStatusCode.NotModified);
        (await program.GetAsync(path, ("If-None-Match", "\"1\""))).Is(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Another_business_finds_nothing_there(string resource)
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        using var other = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var created = (await program.PostAsync(resource, Resources[resource].Create)).Is(HttpStatusCode.Created);
        var path = $"{resource}/{created.Id}";
        (await other.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.GetAsync(path, ("If-None-Match", "*"))).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PutAsync(path, Resources[resource].Change, created.ETag)).IsProblem(HttpStatusCode.NotFound, "not_found");
        if (resource != "customers")
        {
            (await other.DeleteAsync(path, created.ETag)).IsProblem(HttpStatusCode.NotFound, "not_found");
        }

        Assert.Empty((await other.GetAsync(resource)).Items);
        Assert.Equal(created.ETag, (await program.GetAsync(path)).ETag);
    }

    [Fact]
    public async Task Another_business_finds_no_conversation_either()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var agent = Desk.Of(running.Inbox, business);
        var id = await agent.ReceiveAsync("hello");
        using var program = await ApiProgram.OfAsync(running.Inbox, business);
        var message = Assert.Single((await program.GetAsync($"conversations/{id}/messages")).Items).GetProperty("id").GetGuid();
        using var other = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var label = (await other.PostAsync("labels", new { name = "Refund", color = "#aabbcc" })).Id;
        foreach (var path in (string[])["", "/messages", "/notes", "/assignments", "/labels"])
        {
            (await other.GetAsync($"conversations/{id}{path}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        }

        (await other.GetAsync($"messages/{message}")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PostAsync($"conversations/{id}/messages", new { text = "hi" })).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PostAsync($"conversations/{id}/notes", new { body = "hi" })).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PostAsync($"conversations/{id}/assignments", new { employeeId = (Guid?)null })).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.PutAsync($"conversations/{id}/labels/{label}", null, "*")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.SendAsync(HttpMethod.Delete, $"conversations/{id}/labels/{label}", null)).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await other.SendAsync(HttpMethod.Patch, $"conversations/{id}", new { status = "resolved" }, ("If-Match", "*"))).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Two_who_change_the_same_at_once_do_not_both_succeed()
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var created = (await program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" })).Is(HttpStatusCode.Created);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            program.PutAsync($"labels/{created.Id}", new { name = "Refund " + i, color = "#aabbcc" }, created.ETag)));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public void What_changes_something_asks_for_the_version_or_says_why_not()
    {
        var changes = running.Inbox.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(ApiRoom.V1, StringComparison.Ordinal)
                && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0] is "PUT" or "PATCH" or "DELETE").ToList();
        Assert.True(changes.Count > 10, $"Only {changes.Count} addresses were found.");
        Assert.Empty(changes.Where(e => e.Metadata.GetMetadata<VersionedResource>() is null && e.Metadata.GetMetadata<Unversioned>() is null)
            .Select(e => e.RoutePattern.RawText));
    }

    private static object Canned(string shortcut) => new
    {
        shortcut, title = "Opening hours", variants = new[] { new { language = "en", body = "9 to 6" } },
    };
}
