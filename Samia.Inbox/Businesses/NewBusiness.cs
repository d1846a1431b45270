using System.Globalization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>What it takes to open a business.</summary>
/// <param name="Name">In any script; at most 120 characters.</param>
/// <param name="TimeZone">An IANA name, such as <c>Asia/Beirut</c>.</param>
/// <param name="Locale">A BCP 47 tag, such as <c>ar-LB</c>.</param>
/// <param name="WhatsApp">Null to connect a number later.</param>
/// <param name="PlanId">The tier that it begins on.</param>
public sealed record NewBusiness(
    string Name, string TimeZone, string Locale, WhatsAppConnection? WhatsApp = null, string PlanId = Samia.Data.Plan.Trial)
{
    private const int MaxNameLength = 120;

    /// <exception cref="RegistrationException">A value is wrong; the message is for people.</exception>
    internal void Validate()
    {
        if (Name.Trim().Length is 0 or > MaxNameLength)
        {
            throw new RegistrationException($"A business needs a name of at most {MaxNameLength} characters.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
        {
            throw new RegistrationException(
                $"There is no time zone '{TimeZone}'. Use an IANA name such as Asia/Beirut.");
        }

        if (!IsLocale(Locale))
        {
            throw new RegistrationException($"There is no locale '{Locale}'. Use a tag such as ar-LB.");
        }
    }

    private static bool IsLocale(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>A business or an employee cannot be registered like this. The message is for people.</summary>
public sealed class RegistrationException(string message) : RefusedException(message);
