using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.CannedResponses;

/// <summary>
/// The answers that a business has prepared. Personal ones are their owner's alone; a program, which is nobody, sees and
/// changes those of the business and of its teams.
/// </summary>
public sealed class CannedResponseLibrary(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TenantContext tenant,
    CannedResponseRules rules, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>In the order in which they were made, those after <paramref name="after"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not write to customers.</exception>
    [RequiresPermission(Permissions.Reply)]
    public async Task<List<CannedResponseDetails>> PageAsync(Guid? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.Reply, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(Visible(db).Where(c => after == null || c.Id.CompareTo(after.Value) > 0).OrderBy(c => c.Id).Take(count))
            .ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such answer, or it is a colleague's own.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may neither write to customers nor manage the library.</exception>
    [RequiresPermission(Permissions.Reply), RequiresPermission(Permissions.ManageCanned)]
    public async Task<CannedResponseDetails?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await permissions.DemandAnyAsync([Permissions.Reply, Permissions.ManageCanned], cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(Visible(db).Where(c => c.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>The id.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage the library.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">Another answer has the shortcut.</exception>
    [RequiresPermission(Permissions.ManageCanned)]
    public async Task<Guid> CreateAsync(CannedResponseContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageCanned, cancellationToken);
        content = rules.Checked(content);
        return await OrRefusedAsync(content, transaction.RunAsync(async (db, live, ct) =>
        {
            var now = time.GetUtcNow();
            var response = new CannedResponse
            {
                Id = Guid.CreateVersion7(now), Shortcut = content.Shortcut, Title = content.Title,
                CreatedById = tenant.EmployeeId, CreatedAt = now, UpdatedAt = now,
            };
            Write(response, content);
            db.Add(response);
            await db.SaveChangesAsync(ct);
            Log(db, live, "canned_response.created", response);
            return response.Id;
        }, cancellationToken));
    }

    /// <returns>False if the business has no such answer, or it is a colleague's own.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage the library.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">Another answer has the shortcut.</exception>
    [RequiresPermission(Permissions.ManageCanned)]
    public async Task<bool> UpdateAsync(Guid id, CannedResponseContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageCanned, cancellationToken);
        content = rules.Checked(content);
        return await OrRefusedAsync(content, transaction.RunAsync(async (db, live, ct) =>
        {
            if (await Visible(db).Include(c => c.Variants).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } response)
            {
                return false;
            }

            Write(response, content);
            response.UpdatedAt = time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            Log(db, live, "canned_response.changed", response);
            return true;
        }, cancellationToken));
    }

    /// <returns>False if the business has no such answer, or it is a colleague's own.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage the library.</exception>
    [RequiresPermission(Permissions.ManageCanned)]
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageCanned, cancellationToken);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            if (await Visible(db).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } response)
            {
                return false;
            }

            db.Remove(response);
            Log(db, live, "canned_response.deleted", response);
            return true;
        }, cancellationToken);
    }

    private IQueryable<CannedResponse> Visible(SamiaDbContext db) => db.CannedResponses.Where(c =>
        c.Visibility != CannedResponseVisibility.Personal || (tenant.EmployeeId != null && c.OwnerId == tenant.EmployeeId));

    private void Write(CannedResponse response, CannedResponseContent content)
    {
        (response.Shortcut, response.Title, response.Folder) = (content.Shortcut, content.Title, content.Folder);
        (response.Visibility, response.TeamId) = (content.Visibility, content.TeamId);
        response.OwnerId = content.Visibility == CannedResponseVisibility.Personal ? tenant.EmployeeId : null;
        response.Variants.RemoveAll(v => content.Variants.All(text => text.Language != v.Language));
        foreach (var text in content.Variants)
        {
            if (response.Variants.Find(v => v.Language == text.Language) is { } variant)
            {
                variant.Body = text.Body;
            }
            else
            {
                response.Variants.Add(new CannedResponseVariant { Language = text.Language, Body = text.Body });
            }
        }
    }

    private void Log(SamiaDbContext db, LiveChanges live, string action, CannedResponse response)
    {
        live.Business();
        db.Add(new ActivityLog
        {
            At = time.GetUtcNow(), Action = action, SubjectId = response.Id, SubjectName = response.Shortcut,
            After = JsonSerializer.Serialize(new { response.Shortcut, response.Title, response.Folder, Visibility = StoredEnum.NameOf(response.Visibility), response.TeamId }),
        });
    }

    private async Task<T> OrRefusedAsync<T>(CannedResponseContent content, Task<T> change)
    {
        try
        {
            return await change;
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException(texts["The shortcut {0} is taken.", "/" + content.Shortcut]);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            throw new ArgumentException(texts["There is no such team."]);
        }
    }

    private static IQueryable<CannedResponseDetails> Details(IQueryable<CannedResponse> responses) =>
        responses.Select(c => new CannedResponseDetails(
            c.Id, c.Shortcut, c.Title, c.Folder, c.Visibility, c.TeamId, c.OwnerId, c.UsageCount, c.LastUsedAt, c.CreatedAt, c.UpdatedAt,
            c.Variants.OrderBy(v => v.Language).Select(v => new CannedText(v.Language, v.Body)).ToList()));
}
