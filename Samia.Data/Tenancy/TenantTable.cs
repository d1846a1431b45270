using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Samia.Data;

/// <summary>A column of a <see cref="TenantTable"/>.</summary>
/// <param name="Name">As the database calls it.</param>
/// <param name="IsSecret">A ciphertext of one installation, or the hash of a secret.</param>
public sealed record TenantColumn(string Name, bool IsSecret);

/// <summary>A table that holds rows of businesses: <c>businesses</c> itself and every tenant table.</summary>
/// <param name="Name">As the database calls it.</param>
/// <param name="Columns">All of them.</param>
/// <param name="LateColumns">Refer to a table that comes after this one, so they are written last and let go of first.</param>
public sealed record TenantTable(string Name, IReadOnlyList<TenantColumn> Columns, IReadOnlyList<string> LateColumns)
{
    private const string Businesses = "businesses";

    /// <summary>The column that says whose row it is.</summary>
    public string BusinessColumn => Name == Businesses ? "id" : "business_id";

    /// <summary>Whatever the model knows, each table after those that it refers to.</summary>
    public static IReadOnlyList<TenantTable> InOrder(DbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var left = model.GetEntityTypes()
            .Where(e => e.ClrType == typeof(Business) || e.ClrType.IsAssignableTo(typeof(TenantEntity)))
            .OrderBy(e => e.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<TenantTable>();
        while (left.Count > 0)
        {
            // Where all that is left refers in a circle, one that can do without its reference for a while goes first.
            var next = left.Find(e => !Late(e, left).Any(f => f.PrincipalEntityType != e))
                ?? left.Find(e => !Late(e, left).Any(f => f.IsRequired))
                ?? throw new InvalidOperationException("Tables refer in a circle that no row can begin.");
            ordered.Add(TableOf(next, Late(next, left)));
            left.Remove(next);
        }

        return ordered;
    }

    private static IEnumerable<IForeignKey> Late(IEntityType entity, List<IEntityType> left) =>
        entity.GetForeignKeys().Where(f => left.Contains(f.PrincipalEntityType));

    private static TenantTable TableOf(IEntityType entity, IEnumerable<IForeignKey> late)
    {
        var store = StoreObjectIdentifier.Table(entity.GetTableName()!);
        return new TenantTable(entity.GetTableName()!,
            [.. entity.GetProperties().Select(p => new TenantColumn(p.GetColumnName(store)!, p.IsSecret || p.Name == "SecretHash"))],
            [.. late.SelectMany(f => f.Properties).Where(p => p.IsNullable).Select(p => p.GetColumnName(store)!).Distinct()]);
    }
}
