using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>
/// Below <c>/api</c> an API token says who asks, and nothing else does: the sign-in cookie means nothing there, and a
/// token means nothing anywhere else.
/// </summary>
internal static class ApiTokenAuthentication
{
    public const string Scheme = "samia-api";
    public const string RateLimitClaim = "samia:rate-limit";

    public static void AddApiTokenAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<ApiTokenLookup>();
        services.AddSingleton<OperatorToken>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(Scheme, null);
        services.Configure<CookieAuthenticationOptions>(SignInCookie.Scheme, cookie =>
            cookie.ForwardDefaultSelector = http => http.Request.IsForApi ? Scheme : null);
    }

    extension(HttpRequest request)
    {
        public bool IsForApi => request.Path.StartsWithSegments("/api");
    }
}

/// <summary>Reads <c>Authorization: Bearer samia_…</c>.</summary>
internal sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiTokenLookup lookup,
    OperatorToken operatorToken)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private ApiTokenAnswer? _refused;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: > 0 } text)
        {
            return AuthenticateResult.NoResult();
        }

        if (text.StartsWith(OperatorToken.Prefix, StringComparison.Ordinal) && operatorToken.Accept(text, Scheme.Name) is { } platform)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(platform, Scheme.Name));
        }

        var answer = await lookup.FindAsync(text, Context.RequestAborted);
        if (answer.Token is not { } token)
        {
            _refused = answer;
            return AuthenticateResult.Fail(answer.Refusal!);
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, token.Name),
            new(SignedInEmployee.BusinessClaim, token.BusinessId.ToString()),
            new(SignedInEmployee.ApiTokenClaim, token.Id.ToString()),
            new(ApiTokenAuthentication.RateLimitClaim, token.RateLimit.ToString(CultureInfo.InvariantCulture)),
        ], Scheme.Name)), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = _refused is null
            ? "Bearer realm=\"Samia\""
            : $"Bearer realm=\"Samia\", error=\"invalid_token\", error_description=\"{_refused.Refusal}\"";
        await ApiProblems.Of(StatusCodes.Status401Unauthorized, _refused?.Code ?? "token_missing",
            _refused?.Refusal ?? "No API token was sent. It belongs into the header Authorization, after the word Bearer.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblems.OfStatus(Context, StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}
