using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>A business that was opened.</summary>
public sealed record RegisteredBusiness(Guid Id, string Slug);

/// <summary>
/// Opens businesses and connects their WhatsApp numbers, as <c>samia_platform</c>: before it is done there is no
/// tenant to act as. It asks for no permission, because nobody in a business may call it.
/// </summary>
[RequiresNoPermission("Only the operator's tools call it: before it is done nobody acts for the business.")]
public sealed class BusinessRegistration(
    IDbContextFactory<PlatformDbContext> contexts, SecretProtector secrets, TimeProvider time)
{
    private const int NumberedSuffixes = 20;

    /// <summary>Opens a business with its seeded roles. Its slug is made from the name, and numbered where taken.</summary>
    /// <exception cref="RegistrationException">A value is wrong, or another business has the number.</exception>
    public Task<RegisteredBusiness> RegisterAsync(NewBusiness registration, CancellationToken cancellationToken) =>
        RegisterAsync(registration, null, cancellationToken);

    /// <param name="registration">What it takes.</param>
    /// <param name="within">
    /// Adds to the same transaction, and logs who opened the business; it runs again, in a new context, for another slug.
    /// Null if Samia itself opens it.
    /// </param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="RegistrationException">A value is wrong, or another business has the number.</exception>
    internal async Task<RegisteredBusiness> RegisterAsync(
        NewBusiness registration, Func<PlatformDbContext, Business, Role, Task>? within, CancellationToken cancellationToken)
    {
        registration.Validate();
        var slug = Slug.From(registration.Name);
        for (var attempt = 1; ; attempt++)
        {
            var candidate = attempt switch
            {
                1 => slug,
                <= NumberedSuffixes => string.Create(CultureInfo.InvariantCulture, $"{slug}-{attempt}"),
                _ => $"{slug}-{Guid.NewGuid().ToString("N")[..8]}",
            };
            try
            {
                return await InsertAsync(registration, candidate, within, cancellationToken);
            }
            catch (DbUpdateException taken) when (Breaks(taken, "slug"))
            {
                // Two may register the same name at once, so only the index can say that a slug is free.
            }
            catch (DbUpdateException taken) when (Breaks(taken, "phone_number_id"))
            {
                throw NumberTaken();
            }
            catch (DbUpdateException unknown) when (unknown.InnerException is PostgresException { ConstraintName: "fk_businesses_plans_plan_id" })
            {
                throw new RegistrationException($"There is no plan '{registration.PlanId}'.");
            }
        }
    }

    /// <summary>Connects a number, or replaces the one that was connected. Sending that was paused goes on.</summary>
    /// <exception cref="RegistrationException">Another business has the number, or there is no such business.</exception>
    public Task ConnectWhatsAppAsync(
        Guid businessId, WhatsAppConnection connection, CancellationToken cancellationToken) =>
        ConnectWhatsAppAsync(businessId, connection, null, cancellationToken);

    /// <param name="businessId">The business.</param>
    /// <param name="connection">The number and its secrets.</param>
    /// <param name="by">Who connects it, for the activity log; null for the product.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="RegistrationException">Another business has the number, or there is no such business.</exception>
    internal async Task ConnectWhatsAppAsync(
        Guid businessId, WhatsAppConnection connection, TenantContext? by, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var business = await db.Businesses.SingleOrDefaultAsync(b => b.Id == businessId, cancellationToken)
            ?? throw new RegistrationException("There is no such business.");
        var before = PublicPartOf(business);
        Connect(business, connection);
        business.SendingPausedAt = null;
        business.SendingPausedReason = null;
        var log = Logged(businessId, "business.whatsapp_connected", before, PublicPartOf(business));
        by?.Sign(log);
        db.Add(log);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (Breaks(taken, "phone_number_id"))
        {
            throw NumberTaken();
        }
    }

    private async Task<RegisteredBusiness> InsertAsync(
        NewBusiness registration, string slug, Func<PlatformDbContext, Business, Role, Task>? within, CancellationToken cancellationToken)
    {
        var business = new Business
        {
            Name = registration.Name.Trim(),
            Slug = slug,
            TimeZone = registration.TimeZone,
            Locale = registration.Locale,
            CreatedAt = time.GetUtcNow(),
            PlanId = registration.PlanId,
        };
        if (registration.WhatsApp is { } connection)
        {
            Connect(business, connection);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(business);
        var roles = SeededRoles.All.Select(role =>
            new Role { BusinessId = business.Id, Name = role.Key, Permissions = role.Value, IsSeeded = true }).ToList();
        db.AddRange(roles);
        if (within is null)
        {
            db.Add(Logged(business.Id, "business.registered"));
        }
        else
        {
            await within(db, business, roles.Single(r => r.Name == SeededRoles.Admin));
        }

        await db.SaveChangesAsync(cancellationToken);
        return new RegisteredBusiness(business.Id, slug);
    }

    private void Connect(Business business, WhatsAppConnection connection)
    {
        business.PhoneNumberId = connection.PhoneNumberId;
        business.WabaId = connection.WabaId;
        business.DisplayPhoneNumber = connection.DisplayPhoneNumber;
        secrets.SetAccessToken(business, connection.AccessToken);
        secrets.SetAppSecret(business, connection.AppSecret);
        secrets.SetVerifyToken(business, connection.VerifyToken);
    }

    private ActivityLog Logged(Guid businessId, string action, string? before = null, string? after = null) => new()
    {
        BusinessId = businessId, At = time.GetUtcNow(), Action = action, SubjectId = businessId, Before = before, After = after,
    };

    private static string PublicPartOf(Business business) =>
        JsonSerializer.Serialize(new { business.PhoneNumberId, business.WabaId, business.DisplayPhoneNumber });

    private static bool Breaks(DbUpdateException exception, string column) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
        && violation.ConstraintName == "ix_businesses_" + column;

    private static RegistrationException NumberTaken() =>
        new("This WhatsApp number is connected to another business already.");
}
