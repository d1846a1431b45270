using System.Net;
using System.Net.Http.Headers;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>Requests that are wrong in themselves.</summary>
public sealed class ApiProblemTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    [Theory]
    [InlineData("""{ "name": "x", """, HttpStatusCode.BadRequest, "not_json", null)]
    [InlineData("", HttpStatusCode.BadRequest, "bad_request", null)]
    [InlineData("[]", HttpStatusCode.BadRequest, "not_json", null)]
    [InlineData("null", HttpStatusCode.BadRequest, "bad_request", null)]
    [InlineData("""{ "name": 5, "color": "#aabbcc" }""", HttpStatusCode.BadRequest, "bad_request", "name")]
    [InlineData("""{ "name": "x", "color": "#aabbcc", "colour": "red" }""", HttpStatusCode.BadRequest, "bad_request", "colour")]
    [InlineData("""{ "name": "x", "color": "red" }""", HttpStatusCode.UnprocessableEntity, "invalid", "color")]
    [InlineData("""{ "name": "   ", "color": "#aabbcc" }""", HttpStatusCode.UnprocessableEntity, "invalid", "name")]
    [InlineData("""{ "color": "#aabbcc" }""", HttpStatusCode.UnprocessableEntity, "invalid", "name")]
    [InlineData("""{ "name": "x", "color": "#aabbcc", "description": null }""", HttpStatusCode.BadRequest, "bad_request", "description")]
    [InlineData("""{ "name": "\ud800", "color": "#aabbcc" }""", HttpStatusCode.BadRequest, "bad_request", "name")]
    public async Task A_body_that_is_wrong_is_refused_by_its_field(string body, HttpStatusCode status, string code, string? field)
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var refused = (await program.PostAsync("labels", body)).IsProblem(status, code);
        if (field is not null)
        {
            refused.OfField(field);
        }
    }

    [Fact]
    public async Task A_field_within_a_list_is_named_by_its_place()
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        (await program.PostAsync("canned-responses", new
        {
            shortcut = "a", title = "b", variants = new[] { new { language = "en", body = "x" }, new { language = "ar", body = "" } },
        })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid").OfField("variants[1].body");
    }

    [Theory]
    [InlineData("labels?limit=0", HttpStatusCode.UnprocessableEntity, "invalid", "limit")]
    [InlineData("labels?limit=101", HttpStatusCode.UnprocessableEntity, "invalid", "limit")]
    [InlineData("labels?limit=many", HttpStatusCode.BadRequest, "bad_request", "limit")]
    [InlineData("labels?cursor=nowhere", HttpStatusCode.BadRequest, "cursor_invalid", "cursor")]
    [InlineData("conversations?cursor=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.BadRequest, "cursor_invalid", "cursor")]
    [InlineData("conversations?cursor=__________________________________8", HttpStatusCode.BadRequest, "cursor_invalid", "cursor")]
    [InlineData("conversations?assigneeId=me", HttpStatusCode.BadRequest, "bad_request", "assigneeId")]
    [InlineData("labels/not-an-id", HttpStatusCode.NotFound, "not_found", null)]
    public async Task A_parameter_that_is_wrong_is_named(string path, HttpStatusCode status, string code, string? field)
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var refused = (await program.GetAsync(path)).IsProblem(status, code);
        if (field is not null)
        {
            refused.OfField(field);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused_before_it_is_read()
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        var large = new { name = new string('x', 200_000), color = "#aabbcc" };
        (await program.PostAsync("labels", large)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await program.PostAsync("labels", large, ("Idempotency-Key", "large"))).IsProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
        using var form = new StringContent("name=x", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        (await program.PostAsync("labels", form)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_failure_of_ours_says_so_and_no_more()
    {
        await using var inbox = await TestInbox.StartAsync(servers,
            configure: builder => builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics"] = "None");
        using var program = await ApiProgram.OfAsync(inbox, await TestBusiness.CreateAsync(inbox));
        await inbox.Database.ExecuteAsync("revoke select on labels from samia_app");
        var failed = (await program.GetAsync("labels", ("Accept-Language", "ar"))).IsProblem(HttpStatusCode.InternalServerError, "internal_error");
        Assert.NotEmpty(failed["traceId"].GetString()!);
        Assert.DoesNotContain("labels", failed.Text.Replace(failed["traceId"].GetString()!, ""));
    }

    [Fact]
    public async Task Words_are_English_whatever_language_is_asked_for()
    {
        using var program = await ApiProgram.OfAsync(running.Inbox, await TestBusiness.CreateAsync(running.Inbox));
        await program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" });
        var refused = await program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" }, ("Accept-Language", "ar"));
        Assert.Equal("There is a label Refund already.", refused.IsProblem(HttpStatusCode.Conflict, "conflict")["detail"].GetString());
    }
}
