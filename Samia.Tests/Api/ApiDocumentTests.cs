using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Samia.Inbox.Api;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

public sealed class ApiDocumentTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static readonly string[] OfEverything = ["401", "403", "429", "500"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_and_open_to_anybody()
    {
        var document = await ReadAsync();
        Assert.Empty(document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.Equal(("Samia API", "v1"), (document.Info.Title, document.Info.Version));
        Assert.Equal("bearer", document.Components!.SecuritySchemes!["token"].Scheme);
    }

    [Fact]
    public async Task It_holds_every_address_of_the_API_and_no_other()
    {
        var served = running.Inbox.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(ApiRoom.V1, StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith(".json", StringComparison.Ordinal))
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {e.RoutePattern.RawText!.Replace(":guid", "").TrimEnd('/')}");
        Assert.Equal(served.Order(), Operations(await ReadAsync()).Select(o => $"{o.Method} {o.Path}").Order());
    }

    [Fact]
    public async Task Each_address_says_what_it_does_who_may_and_what_can_go_wrong()
    {
        var document = await ReadAsync();
        foreach (var (path, method, operation) in Operations(document))
        {
            var name = $"{method} {path}";
            Assert.False(string.IsNullOrWhiteSpace(operation.Summary), name);
            Assert.True(operation.Tags?.Count == 1, name);
            Assert.True(operation.Description!.EndsWith("Any token may do this.", StringComparison.Ordinal)
                || operation.Description.EndsWith("For the operator's own token alone.", StringComparison.Ordinal)
                || Permissions.All.Any(p => operation.Description.Contains($"Needs the permission `{p}`: ", StringComparison.Ordinal)), name);
            Assert.Single(operation.Security!);
            var problems = operation.Responses!.Where(r => r.Key[0] is '4' or '5').ToList();
            Assert.All(problems, p => Assert.Equal(["application/problem+json"], p.Value.Content!.Keys));
            Assert.True(OfEverything.All(operation.Responses!.ContainsKey), name);
            Assert.Equal(path.Contains('{'), operation.Responses!.ContainsKey("404"));
            var answers = operation.Responses!.Where(r => r.Key[0] == '2').ToList();
            Assert.Single(answers);
            Assert.True(answers[0].Key == "204" || answers[0].Value.Content!["application/json"].Schema is not null, name);
        }

        var ids = Operations(document).Select(o => o.Operation.OperationId).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("label_create", ids);
    }

    [Fact]
    public async Task What_has_a_version_tells_the_headers_for_it()
    {
        foreach (var (_, method, operation) in Operations(await ReadAsync()))
        {
            var headers = operation.Parameters?.Where(p => p.In == ParameterLocation.Header).ToDictionary(p => p.Name!, p => p.Required) ?? [];
            Assert.Equal(method == "POST", headers.ContainsKey("Idempotency-Key"));
            Assert.Equal(operation.Responses!.ContainsKey("428"), headers.GetValueOrDefault("If-Match"));
            Assert.Equal(operation.Responses!.ContainsKey("304"), headers.ContainsKey("If-None-Match"));
        }
    }

    [Fact]
    public async Task Every_example_is_taken()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var agent = Desk.Of(running.Inbox, business);
        using var program = await ApiProgram.OfAsync(running.Inbox, business);
        var role = (await program.GetAsync("roles")).Items.First(r => r.GetProperty("name").GetString() == SeededRoles.Agent).GetProperty("id").GetGuid();
        var ids = new Dictionary<string, Guid> { ["conversations"] = await agent.ReceiveAsync("hello"), ["employees"] = agent.EmployeeId };
        var created = Operations(await ReadAsync()).Where(o => o.Operation.RequestBody is not null && !o.Path.Contains("/businesses/", StringComparison.Ordinal)).OrderBy(o => o.Path.Count(c => c == '/')).ThenBy(o => o.Method).ToList();
        Assert.NotEmpty(created);
        foreach (var (path, method, operation) in created)
        {
            var example = operation.RequestBody!.Content!["application/json"].Example;
            Assert.True(example is not null, $"{method} {path} has no example.");
            // The example's employee and role are not of this business.
            var body = example.ToJsonString().Replace("0199aa00-0000-7000-8000-000000000001", agent.EmployeeId.ToString())
                .Replace("0199aa00-0000-7000-8000-000000000002", role.ToString()).Replace("layal@", Guid.NewGuid().ToString("N") + "@");
            var resource = path.Split('/')[3];
            var address = path.Replace("{id}", ids.GetValueOrDefault(resource).ToString());
            var answer = await program.SendAsync(new HttpMethod(method), address, body, ("If-Match", "*"));
            Assert.True((int)answer.Status < 300, $"{method} {path}: {answer.Text}");
            if (method == "POST" && path.EndsWith(resource, StringComparison.Ordinal))
            {
                ids[resource] = answer.Id;
            }
        }
    }

    [Fact]
    public async Task A_page_shows_it_without_a_token()
    {
        using var stranger = new ApiProgram(running.Inbox, null);
        var page = (await stranger.GetAsync("/api/docs", ("Accept", "text/html"))).Is(HttpStatusCode.OK);
        Assert.Equal("text/html", page.MediaType);
        Assert.Contains("Samia API", page.Text);
        Assert.DoesNotContain("//cdn", page.Text);
    }

    private async Task<OpenApiDocument> ReadAsync()
    {
        var json = await running.Inbox.Http.GetStringAsync("/api/v1/openapi.json", Cancellation);
        var read = OpenApiDocument.Parse(json, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        return read.Document!;
    }

    private static IEnumerable<(string Path, string Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations!
        select (path.Key, operation.Key.Method, operation.Value);
}
