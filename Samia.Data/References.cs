using Microsoft.EntityFrameworkCore;

namespace Samia.Data;

/// <summary>What refers to a row of a business, by the foreign keys of the model.</summary>
public static class References
{
    /// <summary>
    /// Lets every row that refers to one row refer to another instead, whatever tables come to do so. What only one of
    /// the two may have is the caller's to sort out first.
    /// </summary>
    public static async Task MoveReferencesAsync<T>(
        this SamiaDbContext db, Guid from, Guid to, CancellationToken cancellationToken) where T : TenantEntity
    {
        foreach (var key in db.Model.FindEntityType(typeof(T))!.GetReferencingForeignKeys())
        {
            var column = key.Properties.Single(p => p.Name != nameof(TenantEntity.BusinessId)).GetColumnName();
            var sql = $"update {key.DeclaringEntityType.GetTableName()} set {column} = {{1}} where {column} = {{0}}";
            await db.Database.ExecuteSqlRawAsync(sql, [from, to], cancellationToken);
        }
    }
}
