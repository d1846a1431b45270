using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Writes who came and went, and who was refused, to the activity log of the businesses that it concerns, as
/// <c>samia_platform</c>: nobody acts for a business yet, or any more. An e-mail is never logged.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed partial class SignInLog(
    IDbContextFactory<PlatformDbContext> contexts, TimeProvider time, ILogger<SignInLog> logger)
{
    public async Task SignedInAsync(Employment employment, CancellationToken cancellationToken)
    {
        LogSignedIn(employment.EmployeeId, employment.BusinessId);
        await WriteAsync("employee.signed_in", employment.EmployeeId, [employment], cancellationToken);
    }

    public async Task SignedOutAsync(Employment employment, CancellationToken cancellationToken)
    {
        LogSignedOut(employment.EmployeeId, employment.BusinessId);
        await WriteAsync("employee.signed_out", employment.EmployeeId, [employment], cancellationToken);
    }

    /// <summary>The password was wrong.</summary>
    public async Task RefusedAsync(
        Guid userId, IReadOnlyList<Employment> employments, CancellationToken cancellationToken)
    {
        LogRefused(userId);
        await WriteAsync("employee.sign_in_refused", null, employments, cancellationToken);
    }

    /// <summary>The password was wrong so often that the person is locked out.</summary>
    public async Task LockedOutAsync(
        Guid userId, IReadOnlyList<Employment> employments, CancellationToken cancellationToken)
    {
        LogLockedOut(userId);
        await WriteAsync("employee.locked_out", null, employments, cancellationToken);
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Information, Message = "A sign-in named no known person")]
    public partial void Unknown();

    [LoggerMessage(EventId = 5005, Level = LogLevel.Information, Message = "User {UserId} tried to sign in while locked out")]
    public partial void StillLockedOut(Guid userId);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Information, Message = "User {UserId} works for no business that is open")]
    public partial void NowhereToWork(Guid userId);

    private async Task WriteAsync(
        string action, Guid? actor, IReadOnlyList<Employment> employments, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AddRange(employments.Select(e => new ActivityLog
        {
            BusinessId = e.BusinessId, At = time.GetUtcNow(), EmployeeId = actor, Action = action, SubjectId = e.EmployeeId,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Employee {EmployeeId} signed in to business {BusinessId}")]
    private partial void LogSignedIn(Guid employeeId, Guid businessId);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "User {UserId} gave a wrong password")]
    private partial void LogRefused(Guid userId);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "User {UserId} is locked out after too many wrong passwords")]
    private partial void LogLockedOut(Guid userId);

    [LoggerMessage(EventId = 5007, Level = LogLevel.Information, Message = "Employee {EmployeeId} signed out of business {BusinessId}")]
    private partial void LogSignedOut(Guid employeeId, Guid businessId);
}
