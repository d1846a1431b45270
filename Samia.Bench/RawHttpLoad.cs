using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Samia.Bench;

/// <summary>
/// Posts one request again and again over kept-alive connections. It writes prepared bytes and looks only at the
/// status, so that on a small machine the client costs about as little as pgbench's.
/// </summary>
internal static class RawHttpLoad
{
    /// <returns>Answers of 200 per second. Any other answer is an error.</returns>
    public static async Task<double> RunAsync(
        IPEndPoint server, byte[] request, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ =>
            Task.Run(() => PostAsync(server, request, () => watch.Elapsed < duration, cancellationToken), cancellationToken)));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    public static byte[] Post(string path, byte[] body, string headers) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    private static async Task<int> PostAsync(
        IPEndPoint server, byte[] request, Func<bool> goOn, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        var buffer = new byte[4096];
        var count = 0;
        while (goOn())
        {
            await socket.SendAsync(request, cancellationToken);
            await ReadAnswerAsync(socket, buffer, cancellationToken);
            count++;
        }

        return count;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        do
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(read), cancellationToken);
            read = received > 0 ? read + received : throw new IOException("The server closed the connection.");
        }
        while (buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) < 0);

        if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8) || !buffer.AsSpan(0, read).EndsWith("\r\n\r\n"u8))
        {
            throw new IOException("Unexpected answer: " + Encoding.UTF8.GetString(buffer, 0, read));
        }
    }
}
