using System.Net;
using System.Net.Sockets;

namespace Samia.Local;

/// <summary>Finds ports of this machine that nobody listens on.</summary>
public static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether both loopback addresses have the port free; <c>localhost</c> may mean either.</summary>
    public static bool IsFree(int port) => CanListen(IPAddress.Loopback, port)
        && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    /// <summary>
    /// The port that somebody asked for, which must be free, or by default the first free one from
    /// <paramref name="preferred"/> on.
    /// </summary>
    /// <exception cref="LocalSetupException">The port that was asked for is taken.</exception>
    public static int Choose(string option, int? asked, int preferred, params int[] except)
    {
        if (asked is { } port)
        {
            return IsFree(port) ? port : throw new LocalSetupException(
                $"Port {port} ({option}) is taken by another program. Stop that program or choose another port.");
        }

        return Enumerable.Range(preferred, 200).First(p => !except.Contains(p) && IsFree(p));
    }

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException)
        {
            // The machine has no such address, so nobody can listen there either.
            return true;
        }
    }
}
