using PhoneNumbers;

namespace Samia.Inbox.Customers;

/// <summary>Numbers as people write them.</summary>
public static class PhoneText
{
    /// <summary>Digits without a plus, as WhatsApp names a customer.</summary>
    /// <param name="text">With its country code, such as <c>+961 70 000 001</c>; the plus may be missing, or be written 00.</param>
    /// <returns>Null if nobody can have this number.</returns>
    public static string? Digits(string text)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            // No country's code begins with a zero.
            var parsed = numbers.Parse("+" + text.Trim().TrimStart('+', '0'), null);
            return numbers.IsPossibleNumber(parsed) ? numbers.Format(parsed, PhoneNumberFormat.E164)[1..] : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
