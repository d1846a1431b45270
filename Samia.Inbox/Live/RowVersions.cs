using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Live;

/// <summary>
/// Reads rows' versions. Read a row's version before the row: then the row is that version or a newer one, and whoever
/// changes it by that version overwrites nothing.
/// </summary>
[RequiresNoPermission("A version says nothing of what stands in the row.")]
public sealed class RowVersions(IDbContextFactory<SamiaDbContext> contexts)
{
    /// <returns>Null if the business has no such row.</returns>
    public Task<uint?> OfAsync<T>(Guid id, CancellationToken cancellationToken) where T : TenantEntity =>
        OfAsync(typeof(T), id, cancellationToken);

    internal async Task<uint?> OfAsync(Type entity, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, entity, id, "", cancellationToken);
    }

    internal static async Task<uint?> ReadAsync(
        SamiaDbContext db, Type entity, Guid id, string locking, CancellationToken cancellationToken)
    {
        var sql = Sql(db.Model.FindEntityType(entity)!.GetTableName()!, locking);
        var rows = await db.Database.SqlQueryRaw<long>(sql, db.Tenant.BusinessId, id).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : (uint)rows[0];
    }

    private static string Sql(string table, string locking) =>
        $"select xmin::text::bigint as \"Value\" from {table} where business_id = {{0}} and id = {{1}} {locking}";
}
