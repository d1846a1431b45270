using Microsoft.Extensions.Configuration;
using Samia.Tests.Support;

namespace Samia.Tests.Shell;

public sealed class TelemetryTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_and_traces_reach_the_collector_that_is_named()
    {
        await using var collector = await OtlpCollector.StartAsync(Stop);
        await using (var inbox = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            })))
        {
            await inbox.Http.PostAsync("/webhooks/whatsapp", new StringContent("{}"), Stop);
            await inbox.Http.GetAsync("/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=hush", Stop);
            await inbox.Http.GetAsync("/health/ready", Stop);
        }

        var (metrics, traces) = (collector.Received("metrics"), collector.Received("traces"));
        foreach (var instrument in (string[])
                 ["samia.webhooks.refused", "http.server.request.duration", "db.client.", "dotnet.gc."])
        {
            Assert.Contains(instrument, metrics);
        }

        Assert.Contains("samia-inbox", traces);
        // Of requests that were served; those that this process's tests make are traced too.
        Assert.Matches(@"(?s)url\.path.{1,8}/webhooks/whatsapp", traces);
        Assert.DoesNotMatch(@"(?s)url\.path.{1,8}/health", traces);
        Assert.DoesNotContain("hush", traces);
    }
}
