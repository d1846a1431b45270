using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Samia.Bench;

/// <summary>
/// Posts one request again and again over kept-alive connections. It writes prepared bytes, looks only at the status, and
/// as pgbench does it serves many connections with few threads, so that on a small machine it costs about as little.
/// </summary>
internal static class RawHttpLoad
{
    /// <returns>Answers of 200 per second. Any other answer is an error.</returns>
    public static async Task<double> RunAsync(
        IPEndPoint server, byte[] request, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var threads = Math.Min(connections, Environment.ProcessorCount);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () => Post(server, request, (connections / threads) + (thread < connections % threads ? 1 : 0),
                () => watch.Elapsed < duration && !cancellationToken.IsCancellationRequested),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        cancellationToken.ThrowIfCancellationRequested();
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    public static byte[] Post(string path, byte[] body, string headers) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    private static int Post(IPEndPoint server, byte[] request, int connections, Func<bool> goOn)
    {
        var sockets = Enumerable.Range(0, connections).Select(_ => Connect(server)).ToList();
        try
        {
            var count = 0;
            var waiting = new List<Socket>(sockets);
            sockets.ForEach(s => s.Send(request));
            while (waiting.Count > 0)
            {
                var ready = new List<Socket>(waiting);
                Socket.Select(ready, null, null, TimeSpan.FromSeconds(10));
                if (ready.Count == 0)
                {
                    throw new IOException("No answer within ten seconds.");
                }

                foreach (var socket in ready)
                {
                    ReadAnswer(socket);
                    count++;
                    if (goOn())
                    {
                        socket.Send(request);
                    }
                    else
                    {
                        waiting.Remove(socket);
                    }
                }
            }

            return count;
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    private static Socket Connect(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        return socket;
    }

    private static void ReadAnswer(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var read = 0;
        do
        {
            var received = socket.Receive(buffer[read..]);
            read = received > 0 ? read + received : throw new IOException("The server closed the connection.");
        }
        while (buffer[..read].IndexOf("\r\n\r\n"u8) < 0);

        if (!buffer.StartsWith("HTTP/1.1 200"u8) || !buffer[..read].EndsWith("\r\n\r\n"u8))
        {
            throw new IOException("Unexpected answer: " + Encoding.UTF8.GetString(buffer[..read]));
        }
    }
}
