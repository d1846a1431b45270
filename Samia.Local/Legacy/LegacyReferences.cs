namespace Samia.Local.Legacy;

/// <summary>What rows of the old database refer to.</summary>
internal static class LegacyReferences
{
    /// <param name="row">Of a table that reads <c>customer.id</c> and <c>customer.phone</c> along.</param>
    /// <param name="number">The customer's number, by which they are found here.</param>
    /// <returns>Why the row cannot be taken; null if it can.</returns>
    public static string? CustomerOf(LegacyRow row, out string? number)
    {
        number = LegacyCustomers.NumberOf(row.Text("customer.phone"));
        return row.Raw("customer.id") is null ? "its customer does not exist"
            : number is null ? "its customer was refused"
            : null;
    }
}
