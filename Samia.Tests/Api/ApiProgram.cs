using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Samia.Inbox.Api;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>A program of a business, which speaks to the API by a token.</summary>
public sealed class ApiProgram : IDisposable
{
    private readonly HttpClient _http;

    public ApiProgram(TestInbox inbox, string? token) : this(inbox.Http.BaseAddress!, token)
    {
    }

    public ApiProgram(Uri address, string? token)
    {
        _http = new HttpClient { BaseAddress = address };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With a new token of these permissions; of all, if none are named.</summary>
    public static async Task<ApiProgram> OfAsync(TestInbox inbox, TestBusiness business, params string[] permissions) =>
        new(inbox, (await TokenAsync(inbox, business, permissions: permissions)).Text);

    public static async Task<CreatedApiToken> TokenAsync(
        TestInbox inbox, TestBusiness business, int rateLimit = 100_000, DateTimeOffset? expiresAt = null, params string[] permissions)
    {
        await using var admin = Desk.Of(inbox, business, SeededRoles.Admin);
        return await admin.Get<ApiTokens>().CreateAsync(new NewApiToken("Test program",
            permissions is [] ? [.. ApiTokens.Grantable.Select(p => p.Name)] : permissions, rateLimit, expiresAt), Cancellation);
    }

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    /// <summary>Changes what stands at the address.</summary>
    /// <param name="seen">The version that was seen; by default the one that is there now.</param>
    public async Task<ApiAnswer> PutAsync(string path, object? body, string? seen = null) =>
        await SendAsync(HttpMethod.Put, path, body, ("If-Match", seen ?? (await GetAsync(path)).ETag!));

    public async Task<ApiAnswer> DeleteAsync(string path, string? seen = null) =>
        await SendAsync(HttpMethod.Delete, path, null, ("If-Match", seen ?? (await GetAsync(path)).ETag!));

    /// <summary>All items of a list, page by page, as `next` leads.</summary>
    /// <param name="between">What happens between two pages.</param>
    public async Task<List<JsonElement>> WalkAsync(string path, Func<Task>? between = null)
    {
        var items = new List<JsonElement>();
        for (string? next = path; next is not null;)
        {
            var page = (await GetAsync(next)).Is(HttpStatusCode.OK);
            items.AddRange(page.Items);
            next = page.Next;
            await (next is null || between is null ? Task.CompletedTask : between());
        }

        return items;
    }

    /// <param name="body">Text is sent as it is, anything else as JSON.</param>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, Cancellation);
        return new ApiAnswer(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? ETag => Headers.ETag?.ToString();

    public JsonElement this[string field] => Json.GetProperty(field);

    public Guid Id => this["id"].GetGuid();

    public IReadOnlyList<JsonElement> Items => [.. this["items"].EnumerateArray()];

    public string? Next => this["next"].GetString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>Asserts that it worked.</summary>
    public ApiAnswer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>Asserts that it is a problem of this status and code, told as such.</summary>
    public ApiAnswer IsProblem(HttpStatusCode status, string code)
    {
        Assert.True(Status == status && MediaType == "application/problem+json", $"Expected the problem {code}, got {Status}, {MediaType}: {Text}");
        Assert.Equal((code, (int)status), (this["code"].GetString(), this["status"].GetInt32()));
        Assert.Matches(@"\.”?$", this["detail"].GetString());
        return this;
    }

    /// <summary>Asserts that this field, and no other, was found wrong.</summary>
    public ApiAnswer OfField(string field)
    {
        Assert.Equal([field], this["errors"].EnumerateObject().Select(e => e.Name));
        return this;
    }
}
