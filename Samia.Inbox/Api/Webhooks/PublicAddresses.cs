using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>The address is not one that may be called.</summary>
internal sealed class AddressRefusedException() : Exception("The address is not a public one.");

/// <summary>
/// Which addresses a business may have called: public ones, and what the operator allows. Otherwise a webhook would reach
/// what trusts the node's own network. It is asked when a connection is made, about the very address that is connected
/// to, so that a name which says something else a moment later gains nothing.
/// </summary>
/// <remarks>
/// By the registries of special-purpose addresses, https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry; of IPv6 only what is assigned for global unicast.
/// </remarks>
internal sealed class PublicAddresses(IOptions<WebhookOptions> options)
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4",
        // Protocols with Teredo among them, documentation, and 6to4, which carries an IPv4 address.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(network => IPNetwork.Parse(network))];

    private readonly IReadOnlyList<IPNetwork> _allowed = options.Value.Networks;

    /// <summary>Whether it may be called over HTTPS.</summary>
    public bool MayCall(IPAddress address)
    {
        address = Plain(address);
        return IsAllowed(address) || (!NotPublic.Any(network => network.Contains(address))
            && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)));
    }

    /// <summary>Whether the operator has named it, so that it may be called without encryption too.</summary>
    public bool IsAllowed(IPAddress address) => _allowed.Any(network => network.Contains(Plain(address)));

    /// <summary>Whether there is anything that may be called without encryption.</summary>
    public bool AnyAllowed => _allowed.Count > 0;

    /// <summary>Resolves the name and connects to what of it may be called: for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">Nothing of it may be.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] open = [.. found.Where(isPlain ? IsAllowed : MayCall)];
        if (open.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // ::ffff:127.0.0.1 is 127.0.0.1.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
