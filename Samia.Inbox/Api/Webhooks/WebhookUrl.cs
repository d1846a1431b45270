using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// What people enter as an address, checked as far as it can be before it is called: so that they learn at once what
/// would never work. What decides is <see cref="PublicAddresses.ConnectAsync"/>.
/// </summary>
internal sealed class WebhookUrl(PublicAddresses addresses, IStringLocalizer<Texts> texts)
{
    public const int MaxLength = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>The address in its usual form.</returns>
    /// <exception cref="ArgumentException">It cannot be called; the message is for people.</exception>
    public async Task<string> CheckedAsync(string text, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Host.Length == 0
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.AbsoluteUri.Length > MaxLength)
        {
            throw new ArgumentException(texts["Write the whole address, such as https://shop.example.com/samia."]);
        }

        if (url.UserInfo.Length > 0)
        {
            throw new ArgumentException(texts["Leave name and password out of the address. Each call is signed instead."]);
        }

        var isPlain = url.Scheme == Uri.UriSchemeHttp;
        var found = isPlain && !addresses.AnyAllowed ? [] : await FindAsync(url.DnsSafeHost, cancellationToken);
        if (isPlain && !found.Any(addresses.IsAllowed))
        {
            throw new ArgumentException(texts["The address has to begin with https, so that nobody reads along."]);
        }

        return found.Length == 0 || found.Any(addresses.MayCall) ? url.AbsoluteUri
            : throw new ArgumentException(texts["This address is within a private network. Samia calls public addresses only."]);
    }

    // A name that is not known yet may be so when it is called.
    private static async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await Dns.GetHostAddressesAsync(host, patience.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
