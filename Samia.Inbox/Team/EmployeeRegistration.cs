using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Businesses;

namespace Samia.Inbox.Team;

/// <summary>Somebody who is to work for a business.</summary>
/// <param name="Name">What colleagues see.</param>
/// <param name="Email">The person's sign-in.</param>
/// <param name="Role">The name of one of the business's roles.</param>
/// <param name="Password">Of a person who has no sign-in yet. An existing password is never changed by this.</param>
public sealed record NewEmployee(string Name, string Email, string Role, string? Password);

/// <summary>
/// Gives a person a place in a business, as <c>samia_platform</c>, which alone sees the sign-ins. It asks for no
/// permission, because nobody in a business may call it.
/// </summary>
[RequiresNoPermission("Only the operator's tools call it: nobody acts for the business yet.")]
public sealed class EmployeeRegistration(
    UserManager<User> users, IDbContextFactory<PlatformDbContext> contexts, TimeProvider time)
{
    /// <summary>
    /// Makes the sign-in where the person has none, and the employee. If the second fails, the sign-in stays and
    /// opens nothing; registering again goes on from there.
    /// </summary>
    /// <returns>The employee's id.</returns>
    /// <exception cref="RegistrationException">
    /// The role is unknown, the e-mail or password is refused, or the person works for the business already.
    /// </exception>
    public async Task<Guid> RegisterAsync(
        Guid businessId, NewEmployee registration, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var roleId = await db.Roles.Where(r => r.BusinessId == businessId && r.Name == registration.Role)
            .Select(r => (Guid?)r.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RegistrationException($"The business has no role '{registration.Role}'.");
        var user = await users.FindByEmailAsync(registration.Email) ?? await CreateUserAsync(registration);

        var now = time.GetUtcNow();
        var employee = new Employee
        {
            BusinessId = businessId, UserId = user.Id, Name = registration.Name.Trim(), RoleId = roleId, CreatedAt = now,
        };
        db.Add(employee);
        db.Add(new ActivityLog
        {
            BusinessId = businessId, At = now, Action = "employee.registered", SubjectId = employee.Id,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException twice) when (
            twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RegistrationException($"{registration.Email} works for this business already.");
        }

        return employee.Id;
    }

    private async Task<User> CreateUserAsync(NewEmployee registration)
    {
        if (registration.Password is null)
        {
            throw new RegistrationException($"{registration.Email} has no sign-in yet, so a password is needed.");
        }

        var user = new User { UserName = registration.Email, Email = registration.Email };
        var result = await users.CreateAsync(user, registration.Password);
        return result.Succeeded
            ? user
            : throw new RegistrationException(string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
