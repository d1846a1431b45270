using System.Net;
using Garnet;
using Garnet.server;

namespace Samia.Local.Redis;

/// <summary>Garnet in this process: Redis's protocol on a port of 127.0.0.1, with nothing to install.</summary>
public sealed class LocalRedis : IDisposable
{
    private readonly GarnetServer _server;

    private LocalRedis(GarnetServer server, int port)
    {
        _server = server;
        Port = port;
    }

    public int Port { get; }

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},abortConnect=false";

    /// <param name="port">A port to listen on, for a server that comes back where it was; by default any free one.</param>
    public static LocalRedis Start(int? port = null)
    {
        var chosen = port ?? Ports.Free();
        var server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, chosen)],
            QuietMode = true,
            LogMemorySize = "64m",
            IndexMemorySize = "16m",
        });
        server.Start();
        return new LocalRedis(server, chosen);
    }

    public void Dispose() => _server.Dispose();
}
