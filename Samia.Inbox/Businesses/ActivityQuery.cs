namespace Samia.Inbox.Businesses;

/// <summary>Which rows of the activity log somebody asks for; null for any.</summary>
/// <param name="Search">In what was acted on, in the action and in the address.</param>
/// <param name="EmployeeId">Who acted.</param>
/// <param name="Area">The first word of the action, such as <c>employee</c>.</param>
/// <param name="From">The first day, in the business's time zone.</param>
/// <param name="To">The last day.</param>
public sealed record ActivityQuery(
    string? Search = null, Guid? EmployeeId = null, string? Area = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>A row of the activity log, with the names of who acted and of what they acted on.</summary>
/// <param name="Actor">The employee, token or supporter; null for Samia itself.</param>
/// <param name="Before">JSON; null where nothing was.</param>
/// <param name="After">JSON; null where nothing is.</param>
/// <param name="Details">JSON of anything else.</param>
public sealed record ActivityRow(
    long Sequence, DateTimeOffset At, Samia.Data.ActorKind ActorKind, string? Actor, string Action, string? SubjectName,
    string? Before, string? After, string? Details, string? IpAddress)
{
    /// <summary>Of somebody of the platform, whom the business cannot look up, the name stands in the row itself.</summary>
    public string? Who => Actor ?? (ActorKind == Samia.Data.ActorKind.Operator ? ActivityWords.By(Details) : null);
}
