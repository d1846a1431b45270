using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Samia.Data;

/// <summary>Brings a database to this build's schema, policies and grants, as <c>samia_owner</c>.</summary>
public static class DatabaseMigrator
{
    /// <summary>The name of the last migration of this build.</summary>
    public static string NewestMigration { get; } = FindNewestMigration();

    /// <returns>The names of the migrations that were applied; empty if the schema was already there.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string ownerConnectionString, CancellationToken cancellationToken)
    {
        await using var context = new SamiaDbContext(SamiaData.OptionsFor(ownerConnectionString), new TenantContext());
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        await context.Database.MigrateAsync(cancellationToken);

        var model = context.GetService<IDesignTimeModel>().Model;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(RowLevelSecurity.Script(model), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pending;
    }

    // Asks the assembly only; nothing is connected to.
    private static string FindNewestMigration()
    {
        using var context = new SamiaDbContext(SamiaData.OptionsFor("Host=localhost"), new TenantContext());
        return context.Database.GetMigrations().Last();
    }
}
