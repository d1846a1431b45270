using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Writes who came and went, who was refused, and what people changed about their sign-in, to the activity log of the
/// businesses that it concerns, as <c>samia_platform</c>: nobody acts for a business yet, or any more, or they change
/// what they take with them to all of theirs. An e-mail is never logged.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed partial class SignInLog(
    IDbContextFactory<PlatformDbContext> contexts, Employments employments, IHttpContextAccessor request,
    TimeProvider time, ILogger<SignInLog> logger)
{
    public async Task SignedInAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        LogSignedIn(person.Person.UserId, person.Employment?.BusinessId, person.Person.Proof);
        await WriteAsync("employee.signed_in", person.Employment,
            JsonSerializer.Serialize(new { proof = person.Person.Proof.ToString() }), cancellationToken);
    }

    public async Task SignedOutAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        LogSignedOut(person.Person.UserId, person.Employment?.BusinessId);
        await WriteAsync("employee.signed_out", person.Employment, null, cancellationToken);
    }

    /// <summary>The password or the code was wrong.</summary>
    public async Task RefusedAsync(Guid userId, CancellationToken cancellationToken)
    {
        LogRefused(userId);
        await WriteEverywhereAsync(userId, "employee.sign_in_refused", byThemselves: false, cancellationToken);
    }

    /// <summary>The password or the code was wrong so often that the person is locked out.</summary>
    public async Task LockedOutAsync(Guid userId, CancellationToken cancellationToken)
    {
        LogLockedOut(userId);
        await WriteEverywhereAsync(userId, "employee.locked_out", byThemselves: false, cancellationToken);
    }

    /// <summary>The person changed something of their sign-in, such as <c>employee.password_changed</c>.</summary>
    public async Task ChangedAsync(Guid userId, string action, CancellationToken cancellationToken)
    {
        LogChanged(userId, action);
        await WriteEverywhereAsync(userId, action, byThemselves: true, cancellationToken);
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Information, Message = "A sign-in named no known person")]
    public partial void Unknown();

    [LoggerMessage(EventId = 5005, Level = LogLevel.Information, Message = "User {UserId} tried to sign in while locked out")]
    public partial void StillLockedOut(Guid userId);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Information, Message = "User {UserId} works for no business that is open")]
    public partial void NowhereToWork(Guid userId);

    private async Task WriteEverywhereAsync(
        Guid userId, string action, bool byThemselves, CancellationToken cancellationToken)
    {
        var places = await employments.OfPersonAsync(userId, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AddRange(places.Select(place => Entry(action, place, byThemselves, null)));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task WriteAsync(
        string action, Employment? place, string? details, CancellationToken cancellationToken)
    {
        if (place is not null)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Add(Entry(action, place, byThemselves: true, details));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private ActivityLog Entry(string action, Employment place, bool byThemselves, string? details) => new()
    {
        BusinessId = place.BusinessId,
        At = time.GetUtcNow(),
        ActorKind = byThemselves ? ActorKind.Employee : ActorKind.Product,
        EmployeeId = byThemselves ? place.EmployeeId : null,
        IpAddress = request.HttpContext?.CallerAddress,
        Action = action,
        SubjectId = place.EmployeeId,
        SubjectName = place.Name,
        Details = details,
    };

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "User {UserId} signed in to business {BusinessId} by {Proof}")]
    private partial void LogSignedIn(Guid userId, Guid? businessId, SignInProof proof);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "User {UserId} gave a wrong password or code")]
    private partial void LogRefused(Guid userId);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "User {UserId} is locked out after too many wrong passwords or codes")]
    private partial void LogLockedOut(Guid userId);

    [LoggerMessage(EventId = 5007, Level = LogLevel.Information, Message = "User {UserId} signed out of business {BusinessId}")]
    private partial void LogSignedOut(Guid userId, Guid? businessId);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Information, Message = "User {UserId}: {Action}")]
    private partial void LogChanged(Guid userId, string action);
}
