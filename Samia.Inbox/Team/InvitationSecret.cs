using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Samia.Inbox.Team;

/// <summary>
/// What the link of an invitation holds: whoever has it can take the place that was offered. Only its hash is kept, so
/// that nobody who reads the database can.
/// </summary>
public sealed record InvitationSecret(string Text)
{
    private const int Bytes = 32;

    /// <summary>SHA-256, for <c>Invitation.SecretHash</c>. The secret is random, so it takes nothing slower.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>In base64url, so that it stands in an address as it is.</summary>
    public static InvitationSecret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether this is the secret of an invitation, in a time that does not tell how nearly.</summary>
    public bool Opens(byte[] secretHash) => CryptographicOperations.FixedTimeEquals(Hash, secretHash);

    /// <summary>The path of the link within Samia.</summary>
    public string PathOf(Guid businessId, Guid invitationId) => $"/invitation/{businessId}/{invitationId}/{Text}";

    // Never written out by accident.
    public override string ToString() => "An invitation's secret";
}
