using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A browser without scripts: keeps cookies, follows no redirect by itself, sends forms with their hidden fields.</summary>
public sealed partial class WebVisitor : IDisposable
{
    private readonly HttpClient _http;

    public WebVisitor(TestInbox inbox)
    {
        Address = inbox.Http.BaseAddress!;
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false })
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { { "Accept", "text/html" } },
        };
    }

    public Uri Address { get; }
    public CookieContainer Cookies { get; } = new();

    /// <summary>What this browser says with each request.</summary>
    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Cancellation);

    /// <summary>Opens the page, fills in its form and sends it.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        SubmitAfterAsync(path, () => Task.CompletedTask, fields);

    /// <summary>Does something else, as in another tab, between opening the page and sending its form.</summary>
    public async Task<HttpResponseMessage> SubmitAfterAsync(
        string path, Func<Task> meanwhile, params (string Name, string Value)[] fields)
    {
        var page = await _http.GetStringAsync(path, Cancellation);
        await meanwhile();
        var hidden = HiddenField().Matches(page).Select(m => (m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
        return await PostAsync(path, [.. hidden.DistinctBy(f => f.Value), .. fields]);
    }

    /// <summary>Opens the page and sends the one of its forms that has this name.</summary>
    public async Task<HttpResponseMessage> SubmitFormAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var token = await AntiforgeryTokenAsync(path);
        return await PostAsync(path, [("_handler", form), ("__RequestVerificationToken", token), .. fields]);
    }

    /// <summary>The page's text, which has to be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TextOf(response);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await _http.PostAsync(path, form, Cancellation);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string path = "/sign-in") =>
        SubmitAsync(path, ("email", email), ("password", password));

    /// <summary>Signs in and asserts that it worked.</summary>
    public async Task SignInAsync(TestBusiness business, string role)
    {
        using var response = await SignInAsync(business.EmailOf(role), TestBusiness.Password);
        Assert.Equal("/", LocationOf(response));
        Assert.True(await IsSignedInAsync());
    }

    /// <summary>Whether the inbox opens, rather than the sign-in page.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var response = await GetAsync("/");
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>A token that goes with this visitor's cookies, from a page that has a form.</summary>
    public async Task<string> AntiforgeryTokenAsync(string path = "/choose-business")
    {
        var page = await _http.GetStringAsync(path, Cancellation);
        return WebUtility.HtmlDecode(HiddenField().Matches(page)
            .First(m => m.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value);
    }

    /// <summary>The sentence that a page shows in red.</summary>
    public static async Task<string> ProblemOf(HttpResponseMessage response) => WebUtility.HtmlDecode(
        Problem().Match(await response.Content.ReadAsStringAsync(Cancellation)).Groups["text"].Value);

    public static Task<string> TextOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    /// <summary>Where the response sends the browser, without host.</summary>
    public string? LocationOf(HttpResponseMessage response) =>
        response.Headers.Location is { } to ? new Uri(Address, to).PathAndQuery : null;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("role=\"alert\"[^>]*>(?<text>[^<]*)<")]
    private static partial Regex Problem();
}
