using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>Lets people say what they are called.</summary>
[RequiresNoPermission("each person changes what is their own")]
public sealed class OwnName(
    LiveTransaction transaction, TenantContext tenant, IDbContextFactory<PlatformDbContext> platform, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxLength = 120;

    /// <summary>The name that colleagues in this business see, or other operators where there is no business.</summary>
    /// <returns>A sentence for people; null if it is done.</returns>
    public async Task<string?> ChangeAsync(Guid userId, string? name, CancellationToken cancellationToken)
    {
        var wanted = name?.Trim() ?? "";
        if (wanted.Length is 0 or > MaxLength)
        {
            return texts["Enter a name of at most {0} characters.", MaxLength];
        }

        if (tenant.HasBusiness)
        {
            await RenameEmployeeAsync(wanted, cancellationToken);
        }
        else
        {
            await using var db = await platform.CreateDbContextAsync(cancellationToken);
            await db.PlatformEmployees.Where(p => p.UserId == userId)
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, wanted), cancellationToken);
        }

        return null;
    }

    private Task RenameEmployeeAsync(string wanted, CancellationToken cancellationToken) =>
        transaction.RunAsync(async (db, live, ct) =>
        {
            var employee = await db.Employees.SingleAsync(e => e.Id == tenant.EmployeeId, ct);
            if (employee.Name != wanted)
            {
                db.Add(new ActivityLog
                {
                    At = time.GetUtcNow(), Action = "employee.renamed", SubjectId = employee.Id, SubjectName = wanted,
                    Before = JsonSerializer.Serialize(new { name = employee.Name }),
                    After = JsonSerializer.Serialize(new { name = wanted }),
                });
                employee.Name = wanted;
                live.Business();
            }
        }, cancellationToken);
}
