using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>What an employee says of themselves.</summary>
public sealed record Profile(
    Guid EmployeeId, string Name, IReadOnlyList<string> Languages, EmployeeAvailability Availability, string? AvatarVersion);

/// <summary>One's own place in the business, as far as it is one's own to change.</summary>
[RequiresNoPermission("What it changes is of whoever asks.")]
public sealed class MyProfile(
    LiveTransaction transaction, IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant,
    IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <returns>Null for whoever is no employee, such as somebody who visits for support.</returns>
    public async Task<Profile?> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Employees.Where(e => e.Id == tenant.EmployeeId)
            .Select(e => new Profile(e.Id, e.Name, e.Languages, e.Availability, e.AvatarVersion)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What colleagues see while one has a page open; without one, everybody is offline.</summary>
    public Task ChooseAvailabilityAsync(EmployeeAvailability availability, CancellationToken cancellationToken) =>
        ChangeAsync((employee, changes) =>
        {
            changes.Note("availability", Word(employee.Availability), Word(availability));
            employee.Availability = availability;
        }, cancellationToken);

    /// <exception cref="TeamRefusedException">A value is wrong.</exception>
    public Task ChangeAsync(string name, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var (newName, newLanguages) = (EmployeeFields.Name(name, texts), EmployeeFields.Languages(languages, texts));
        return ChangeAsync((employee, changes) =>
        {
            changes.Note("name", employee.Name, newName);
            changes.NoteSet("languages", employee.Languages, newLanguages);
            (employee.Name, employee.Languages) = (newName, newLanguages);
        }, cancellationToken);
    }

    private Task ChangeAsync(Action<Employee, FieldChanges> change, CancellationToken cancellationToken) =>
        transaction.RunAsync(async (db, live, ct) =>
        {
            var employee = tenant.EmployeeId is { } me ? await db.LockEmployeeAsync(me, ct) : null;
            if (employee is not { IsActive: true })
            {
                throw Employees.Unknown(texts);
            }

            var changes = new FieldChanges();
            change(employee, changes);
            if (changes.Any)
            {
                db.Add(changes.ToLog("employee.changed", employee.Id, employee.Name, time.GetUtcNow()));
                live.Colleague(employee.Id);
            }
        }, cancellationToken);

    private static string Word(EmployeeAvailability availability) => availability == EmployeeAvailability.Away ? "away" : "online";
}
