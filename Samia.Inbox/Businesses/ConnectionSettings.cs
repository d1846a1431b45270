using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>The connected number as a screen may show it: of a secret only that it is set, and its last four characters.</summary>
public sealed record ConnectionView(
    string PhoneNumberId, string WabaId, string DisplayPhoneNumber, string? AccessToken, string? AppSecret, string? VerifyToken)
{
    public bool IsConnected => PhoneNumberId.Length > 0;
}

/// <summary>What somebody wants to connect. A secret that is empty stays as it is.</summary>
public sealed record ConnectionChange(
    string PhoneNumberId, string WabaId, string DisplayPhoneNumber, string? AccessToken, string? AppSecret, string? VerifyToken)
{
    /// <summary>Names the connection without its secrets.</summary>
    public override string ToString() => $"WhatsApp number {PhoneNumberId} of {WabaId}";
}

/// <summary>Shows and changes the business's WhatsApp connection for its admins.</summary>
public sealed class ConnectionSettings(
    IDbContextFactory<SamiaDbContext> contexts, BusinessRegistration registration, SecretProtector secrets,
    PermissionChecker permissions, TenantContext tenant, IStringLocalizer<Texts> texts)
{
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task<ConnectionView> GetAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        var business = await ReadAsync(cancellationToken);
        return new ConnectionView(business.PhoneNumberId ?? "", business.WabaId ?? "", business.DisplayPhoneNumber ?? "",
            SecretHint.Of(secrets.AccessTokenOf(business)), SecretHint.Of(secrets.AppSecretOf(business)),
            SecretHint.Of(secrets.VerifyTokenOf(business)));
    }

    /// <summary>Connects the number, or changes how it is connected. Sending that was paused goes on.</summary>
    /// <exception cref="RegistrationException">A value is missing or wrong, or another business has the number.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task SaveAsync(ConnectionChange change, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        var business = await ReadAsync(cancellationToken);
        var connection = new WhatsAppConnection(
            Digits(change.PhoneNumberId, texts["Phone number ID"]), Digits(change.WabaId, texts["WhatsApp Business Account ID"]),
            Digits(change.DisplayPhoneNumber.Trim().TrimStart('+').Replace(" ", ""), texts["Phone number"]),
            Secret(change.AccessToken, secrets.AccessTokenOf(business), texts["Access token"]),
            Secret(change.AppSecret, secrets.AppSecretOf(business), texts["App secret"]),
            Secret(change.VerifyToken, secrets.VerifyTokenOf(business), texts["Verify token"]));
        await registration.ConnectWhatsAppAsync(business.Id, connection, tenant, cancellationToken);
    }

    private async Task<Business> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Businesses.AsNoTracking().SingleAsync(b => b.Id == tenant.BusinessId, cancellationToken);
    }

    private string Digits(string value, string name) =>
        value.Trim() is { Length: > 0 and <= 30 } digits && digits.All(char.IsAsciiDigit)
            ? digits
            : throw new RegistrationException(texts["{0}: enter digits only.", name]);

    private string Secret(string? typed, string? stored, string name) =>
        !string.IsNullOrWhiteSpace(typed) ? typed.Trim() : stored ?? throw new RegistrationException(texts["{0} is missing.", name]);
}
