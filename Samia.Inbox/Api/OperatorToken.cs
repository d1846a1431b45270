using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Api;

/// <summary>The settings <c>Platform:Api*</c>.</summary>
public sealed class OperatorTokenOptions
{
    /// <summary>SHA-256 of the token, in hex. Without it there is no operator's token.</summary>
    public string? ApiTokenHash { get; set; }

    /// <summary>The platform employee in whose name the token acts, and who has to be active.</summary>
    public Guid? ApiEmployeeId { get; set; }
}

/// <summary>
/// The one token by which a program of the operator's acts on businesses: <c>samia_operator_</c> and at least 32 more
/// characters, of which the settings hold a hash. It acts for no business.
/// </summary>
internal sealed class OperatorToken(IOptions<OperatorTokenOptions> options)
{
    public const string Prefix = "samia_operator_";
    private const int MinLength = 32;

    /// <returns>Null if it is not the operator's token.</returns>
    public ClaimsPrincipal? Accept(string text, string scheme)
    {
        if (options.Value is not { ApiTokenHash: { Length: > 0 } hash, ApiEmployeeId: { } employee }
            || text.Length < Prefix.Length + MinLength
            || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), Convert.FromHexString(hash)))
        {
            return null;
        }

        return new ClaimsPrincipal(new ClaimsIdentity([new Claim(PlatformAccess.Claim, employee.ToString())], scheme));
    }
}
