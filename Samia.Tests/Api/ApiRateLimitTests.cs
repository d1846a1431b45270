using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

public sealed class ApiRateLimitTests(TestServers servers)
{
    [Fact]
    public async Task A_token_makes_as_many_requests_a_minute_as_it_may_over_all_nodes()
    {
        // In the middle of a minute, so that none begins during the test.
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60 + 20));
        void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(clock);
        await using var one = await TestInbox.StartAsync(servers, configure: Configure);
        await using var two = await TestInbox.StartAsync(servers, one.Database, Configure);
        var business = await TestBusiness.CreateAsync(one);
        var token = await ApiProgram.TokenAsync(one, business, rateLimit: 10);
        using var here = new ApiProgram(one, token.Text);
        using var there = new ApiProgram(two, token.Text);
        using var another = new ApiProgram(one, (await ApiProgram.TokenAsync(one, business, rateLimit: 10)).Text);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? here : there).GetAsync("business")));
        Assert.Equal(10, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a =>
            Assert.Equal("40", a.IsProblem(HttpStatusCode.TooManyRequests, "too_many_requests").Header("Retry-After")));
        Assert.All(answers, a => Assert.Equal(("10", "40"), (a.Header("RateLimit-Limit"), a.Header("RateLimit-Reset"))));
        Assert.Equal(Enumerable.Range(0, 10), answers.Where(a => a.Status == HttpStatusCode.OK)
            .Select(a => int.Parse(a.Header("RateLimit-Remaining")!, CultureInfo.InvariantCulture)).Order());

        (await another.GetAsync("business")).Is(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("9", (await there.GetAsync("business")).Is(HttpStatusCode.OK).Header("RateLimit-Remaining"));
    }

    [Fact]
    public async Task While_Redis_is_away_nobody_is_refused()
    {
        await using var inbox = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Configuration["ConnectionStrings:Redis"] = "127.0.0.1:1,connectTimeout=200");
        using var program = new ApiProgram(inbox,
            (await ApiProgram.TokenAsync(inbox, await TestBusiness.CreateAsync(inbox), rateLimit: 1)).Text);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await program.GetAsync("business")).Is(HttpStatusCode.OK).Header("RateLimit-Limit"));
        }
    }
}
