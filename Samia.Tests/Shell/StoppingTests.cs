using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Samia.Tests.Support;

namespace Samia.Tests.Shell;

public sealed class StoppingTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_under_way_when_the_node_is_told_to_stop_is_journaled_and_answered()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        var business = await TestBusiness.CreateAsync(inbox);
        var body = Encoding.UTF8.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"NUMBER"}}}]}]}"""
                .Replace("NUMBER", business.PhoneNumberId));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(business.AppSecret), body));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, inbox.Http.BaseAddress!.Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature-256: sha256={signature}\r\n"
            + $"Content-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"), Stop);
        // It asks for the body, so the request is under way.
        Assert.StartsWith("HTTP/1.1 100", await ReceiveAsync(socket));

        var stopped = inbox.StopAsync();
        Assert.True(inbox.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await Eventually.TrueAsync(() => RefusesConnectionsAsync(inbox.Http.BaseAddress.Port));
        Assert.False(stopped.IsCompleted);
        await socket.SendAsync(body, Stop);

        Assert.StartsWith("HTTP/1.1 200", await ReceiveAsync(socket));
        await stopped;
        Assert.Equal(body, await inbox.Database.ScalarAsync<byte[]>(
            "select body from webhook_logs where business_id = $1", business.Id));
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Stop));
    }

    private static async Task<bool> RefusesConnectionsAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
