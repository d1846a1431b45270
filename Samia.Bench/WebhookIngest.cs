using System.Net;
using System.Security.Cryptography;
using System.Text;
using Samia.Data;

namespace Samia.Bench;

/// <summary>Durable acknowledgements of a signed webhook, beside pgbench committing one row with the same body.</summary>
internal sealed class WebhookIngest : IBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 5;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(6);

    public string Name => "webhook-ingest";

    public async Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        var business = await cluster.ConnectedBusinessAsync(cancellationToken);
        var body = Body(business.PhoneNumberId);
        var request = RawHttpLoad.Post("/webhooks/whatsapp", body, "X-Hub-Signature-256: sha256="
            + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(business.AppSecret), body)) + "\r\n");
        var script = $"""
            insert into webhook_logs (business_id, id, received_at, body, status, attempts)
            values ('{business.Id}', gen_random_uuid(), now(), '\x{Convert.ToHexStringLower(body)}'::bytea, 'done', 0);

            """;

        var (ours, theirs) = (new double[Rounds], new double[Rounds]);
        await using var inbox = await cluster.StartInboxAsync(cancellationToken);
        var server = new IPEndPoint(IPAddress.Loopback, inbox.Options.Port);
        await RawHttpLoad.RunAsync(server, request, Connections, RoundLength, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            ours[round] = await RawHttpLoad.RunAsync(server, request, Connections, RoundLength, cancellationToken);
            await cluster.WaitUntilProcessedAsync(cancellationToken);
            theirs[round] = await Pgbench.RunAsync(cluster.Platform, script, Connections, RoundLength, cancellationToken);
        }

        await cluster.ForgetWebhooksAsync(cancellationToken);
        var ratio = Sides.Median(ours) / Sides.Median(theirs);
        return new BenchResult(Name, ratio, "at least 1.0", ratio >= 1,
            $"{Sides.Median(ours):0} acknowledgements/s beside {Sides.Median(theirs):0} inserts/s, {Connections} connections, {body.Length} bytes");
    }

    private static byte[] Body(string phoneNumberId) => Encoding.UTF8.GetBytes($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"{{{phoneNumberId}}}"},"contacts":[{"profile":{"name":"Layla Haddad"},"wa_id":"96170123456","user_id":"LB.13491208655302741918"}],"messages":[{"from":"96170123456","from_user_id":"LB.13491208655302741918","id":"wamid.HBgLOTYxNzAxMjM0NTYVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=","timestamp":"1749416383","type":"text","text":{"body":"Hello, is there a reading free on Thursday evening?"}}]},"field":"messages"}]}]}
        """);
}
