using Microsoft.AspNetCore.DataProtection;

namespace Samia.Inbox.Platform;

/// <summary>
/// Lets one person of the platform fetch one business's export for some minutes: an address that somebody else finds, or
/// that a foreign page calls, fetches nothing.
/// </summary>
public sealed class ExportTickets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Samia.ExportTicket").ToTimeLimitedDataProtector();

    /// <returns>The address of the download.</returns>
    public string AddressFor(PlatformActor actor, Guid businessId) =>
        $"/platform/businesses/{businessId}/export?ticket={Uri.EscapeDataString(_protector.Protect(TextOf(actor, businessId), Valid))}";

    public bool Admits(string? ticket, PlatformActor actor, Guid businessId)
    {
        try
        {
            return ticket is not null && _protector.Unprotect(ticket) == TextOf(actor, businessId);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static string TextOf(PlatformActor actor, Guid businessId) => $"{actor.Id:N} {businessId:N}";
}
