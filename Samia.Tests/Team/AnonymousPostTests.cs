using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Whatever anybody may post is limited per address.</summary>
public sealed class AnonymousPostTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private static readonly Dictionary<string, string> NeedsNoLimit = new()
    {
        ["/sign-out"] = "ends what the caller holds",
        ["/language"] = "sets a cookie and asks nobody",
        ["/theme"] = "sets a cookie and asks nobody",
        ["/webhooks/whatsapp"] = "signed by WhatsApp, and never to be refused",
        ["/webhooks/stripe"] = "signed by Stripe, and nothing is read before the signature is right",
        ["/not-found"] = "has no form",
        ["/problem/{Code:int}"] = "has no form",
        ["/health/live"] = "reads nothing from the caller",
        ["/health/ready"] = "reads nothing from the caller",
    };

    [Fact]
    public void Every_post_that_is_open_to_anybody_has_a_limit_or_a_reason()
    {
        var open = running.Inbox.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && TakesPosts(e)
                && e.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("/_", StringComparison.Ordinal)).Except(NeedsNoLimit.Keys).Distinct();
        Assert.True(!open.Any(), string.Join('\n', open));
    }

    [Theory]
    [InlineData(ForgottenPasswordPage.Address, 3)]
    [InlineData(InvitationPage.Address, 3)]
    [InlineData(NewPasswordPage.Address, 3)]
    [InlineData(PasskeyEndpoints.CreationOptions, 12)]
    [InlineData(PasskeyEndpoints.RequestOptions, 12)]
    public async Task Who_posts_too_often_has_to_wait(string path, int tries)
    {
        await using var strict = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Configuration["SignIn:TriesPerMinute"] = "3");
        using var visitor = new WebVisitor(strict);
        for (var i = 0; i < tries; i++)
        {
            using var taken = await visitor.PostAsync(path);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, taken.StatusCode);
        }

        using var refused = await visitor.PostAsync(path);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    private static bool TakesPosts(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("POST");
}
