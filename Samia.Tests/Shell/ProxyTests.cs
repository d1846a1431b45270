using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Samia.Inbox.Shell;

namespace Samia.Tests.Shell;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "https 203.0.113.9")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8", "203.0.113.9", "https 203.0.113.9")]
    [InlineData("10.0.0.0/8,127.0.0.1", "203.0.113.9, 10.1.2.3", "https 203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9, 10.1.2.3", "https 10.1.2.3")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "http 127.0.0.1")]
    [InlineData("", "203.0.113.9", "http 127.0.0.1")]
    public async Task Only_a_trusted_proxy_says_who_calls(string trusted, string forwardedFor, string seen)
    {
        var stop = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Samia:TrustedProxies"] = trusted;
        builder.Logging.ClearProviders();
        builder.AddProxies();
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync($"{context.Request.Scheme} {context.Connection.RemoteIpAddress}", stop));
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(stop);

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", string.Join(", ", forwardedFor.Split(',').Select(_ => "https")));
        Assert.Equal(seen, await http.GetStringAsync("/", stop));
    }

    [Fact]
    public void A_wrong_address_is_named()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Samia:TrustedProxies"] = "127.0.0.1, balancer";
        Assert.Contains("'balancer'", Assert.Throws<InvalidOperationException>(builder.AddProxies).Message);
    }
}
