using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

internal static class EmployeeRows
{
    /// <summary>Reads an employee and locks their row until the transaction ends. Null if the business has no such employee.</summary>
    public static async Task<Employee?> LockEmployeeAsync(
        this SamiaDbContext db, Guid employeeId, CancellationToken cancellationToken)
    {
        var rows = await db.Employees.FromSql($"select * from employees where id = {employeeId} for no key update")
            .ToListAsync(cancellationToken);
        return rows.SingleOrDefault();
    }
}
