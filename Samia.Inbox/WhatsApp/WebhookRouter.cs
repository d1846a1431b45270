using System.Security.Cryptography;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>What is to become of a body: refused, or one journal row per business.</summary>
/// <param name="Accepted">False: its signature is not that of the connections it names.</param>
/// <param name="Rows">For each business its own bytes; <see cref="WebhookLog.Unrouted"/> for changes of no known number.</param>
internal sealed record WebhookRoute(bool Accepted, IReadOnlyList<(Guid BusinessId, byte[] Body)> Rows)
{
    public static readonly WebhookRoute Refused = new(false, []);
}

/// <summary>
/// Decides whether a body is genuine, by the app secret of the connection that its first known change names. A change
/// of a connection with another app secret, which Meta would not put into the same body, has the whole refused.
/// </summary>
[RequiresNoPermission("A webhook is sent by WhatsApp, which signs it: nobody acts.")]
internal sealed class WebhookRouter(ConnectionDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    public async ValueTask<WebhookRoute> RouteAsync(
        byte[] body, byte[] signature, CancellationToken cancellationToken)
    {
        var changes = WebhookEnvelope.Scan(body);
        var owners = await OwnersAsync(changes, cancellationToken);
        if (Genuine(body, signature, owners) is { } known && !known)
        {
            // The secret may have been changed on another node since it was read.
            if (owners.SelectMany(o => o).All(c => time.GetUtcNow() - c.ReadAt < Stale))
            {
                return WebhookRoute.Refused;
            }

            directory.Invalidate();
            owners = await OwnersAsync(changes, cancellationToken);
            if (Genuine(body, signature, owners) == false)
            {
                return WebhookRoute.Refused;
            }
        }

        return new WebhookRoute(true, Split(body, changes, owners));
    }

    private async ValueTask<IReadOnlyList<Connection>[]> OwnersAsync(
        List<WebhookChange> changes, CancellationToken cancellationToken)
    {
        var owners = new IReadOnlyList<Connection>[changes.Count];
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = changes[i] switch
            {
                { PhoneNumberId: { } number } => await directory.OfNumberAsync(number, cancellationToken),
                { AccountId: { } account } => await directory.OfAccountAsync(account, cancellationToken),
                _ => [],
            };
        }

        return owners;
    }

    // Null if no change names a known connection, so that there is no secret to verify with.
    private static bool? Genuine(byte[] body, byte[] signature, IReadOnlyList<Connection>[] owners)
    {
        byte[]? secret = null;
        foreach (var connection in owners.SelectMany(o => o))
        {
            if (secret is not null && !CryptographicOperations.FixedTimeEquals(secret, connection.AppSecret))
            {
                return false;
            }

            secret = connection.AppSecret;
        }

        return secret is null ? null : WebhookSignature.Verify(body, signature, secret);
    }

    private static List<(Guid, byte[])> Split(
        byte[] body, List<WebhookChange> changes, IReadOnlyList<Connection>[] owners)
    {
        var byBusiness = new Dictionary<Guid, List<WebhookChange>>();
        for (var i = 0; i < owners.Length; i++)
        {
            foreach (var businessId in owners[i].Count == 0 ? [WebhookLog.Unrouted] : owners[i].Select(c => c.BusinessId))
            {
                if (!byBusiness.TryGetValue(businessId, out var own))
                {
                    byBusiness[businessId] = own = [];
                }

                own.Add(changes[i]);
            }
        }

        if (byBusiness.Count == 0)
        {
            return [(WebhookLog.Unrouted, body)];
        }

        return byBusiness.Count == 1
            ? [(byBusiness.Keys.Single(), body)]
            : [.. byBusiness.Select(b => (b.Key, WebhookEnvelope.Only(body, b.Value)))];
    }
}
