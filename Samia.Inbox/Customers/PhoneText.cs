using PhoneNumbers;

namespace Samia.Inbox.Customers;

/// <summary>Numbers as people write them.</summary>
internal static class PhoneText
{
    /// <summary>Digits without a plus, as WhatsApp names a customer.</summary>
    /// <param name="text">With its country code, such as <c>+961 70 000 001</c>; the plus may be missing.</param>
    /// <returns>Null if nobody can have this number.</returns>
    public static string? Digits(string text)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            var parsed = numbers.Parse("+" + text.Trim().TrimStart('+'), null);
            return numbers.IsPossibleNumber(parsed) ? numbers.Format(parsed, PhoneNumberFormat.E164)[1..] : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
