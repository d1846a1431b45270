using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Writes everything that a business has into one archive: every table that the model knows, each as it was at one
/// moment. It reads as the tenant, so that no mistake here can take along a row of another; only the e-mails of its
/// people, which belong to no business, are read as <c>samia_platform</c>, in the same snapshot.
/// </summary>
[RequiresNoPermission("nobody of a business reaches it: the operator's service asks before, and so does a shell")]
public sealed class BusinessExport(
    IServiceScopeFactory scopes, IDbContextFactory<PlatformDbContext> platform, TimeProvider time)
{
    /// <summary>The people of the business, of whom only the e-mail goes along.</summary>
    public const string People = "users";

    // Of this installation and of no other: who it was that visited, and what the payment provider calls the business.
    private static readonly HashSet<string> OfThisInstallation =
        ["support_visits.platform_employee_id", "businesses.stripe_customer_id", "businesses.stripe_subscription_id"];

    /// <summary>Streams the archive. Nothing is held but the row at hand.</summary>
    /// <exception cref="InvalidOperationException">There is no such business.</exception>
    public async Task<ExportManifest> WriteAsync(Guid businessId, Stream to, CancellationToken cancellationToken)
    {
        // Before the snapshot, so that nothing from before this moment is missing.
        var madeAt = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(businessId);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var connection = (NpgsqlConnection)transaction.GetDbTransaction().Connection!;
        await SetUpAsync(connection, cancellationToken);
        var business = await db.Businesses.Where(b => b.Id == businessId)
            .Select(b => new ExportedBusiness(b.Id, b.Slug, b.Name)).SingleAsync(cancellationToken);
        var chain = await db.ActivityChains.Select(c => new { c.Length, c.Hash }).SingleOrDefaultAsync(cancellationToken);

        await using var archive = await ExportArchive.CreateAsync(to, cancellationToken);
        var tables = TenantTable.InOrder(db);
        List<ExportedFile> files = [await AddPeopleAsync(archive, businessId, connection, cancellationToken)];
        foreach (var table in tables)
        {
            files.Add(await AddTableAsync(archive, table, connection, cancellationToken));
        }

        var manifest = new ExportManifest
        {
            Version = ExportManifest.CurrentVersion,
            Schema = DatabaseMigrator.NewestMigration,
            MadeAt = madeAt,
            Business = business,
            Files = files,
            LeftOut = [.. tables.SelectMany(t => t.Columns.Where(c => !GoesAlong(t, c)).Select(c => $"{t.Name}.{c.Name}"))],
            ActivityChain = chain is null ? null : new ExportedChain(chain.Length, Convert.ToHexStringLower(chain.Hash)),
        };
        await archive.FinishAsync(manifest, cancellationToken);
        return manifest;
    }

    private static bool GoesAlong(TenantTable table, TenantColumn column) =>
        !column.IsSecret && !OfThisInstallation.Contains($"{table.Name}.{column.Name}");

    private static async Task<ExportedFile> AddTableAsync(
        ExportArchive archive, TenantTable table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Where(c => GoesAlong(table, c)).Select(c => c.Name).ToList();
        // The log is chained in the order of its numbers, which concurrent writers' ids need not follow.
        var order = table.Name == "activity_logs" ? "sequence" : "id";
        await using var rows = new NpgsqlCommand($"""
            select convert_to(row_to_json(r)::text, 'UTF8') from (select {string.Join(", ", columns)} from {table.Name}
            where {table.BusinessColumn} = (select app.current_business_id()) order by {order}) r
            """, connection);
        return await archive.AddRowsAsync(table.Name, columns, rows, cancellationToken);
    }

    private async Task<ExportedFile> AddPeopleAsync(
        ExportArchive archive, Guid businessId, NpgsqlConnection tenant, CancellationToken cancellationToken)
    {
        await using var export = new NpgsqlCommand("select pg_export_snapshot()", tenant);
        var snapshot = (string)(await export.ExecuteScalarAsync(cancellationToken))!;
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var connection = (NpgsqlConnection)transaction.GetDbTransaction().Connection!;
        await using (var take = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", connection))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var rows = new NpgsqlCommand("""
            select convert_to(row_to_json(r)::text, 'UTF8') from (select u.id, u.email from users u
            where u.id in (select e.user_id from employees e where e.business_id = $1) order by u.id) r
            """, connection)
        {
            Parameters = { new() { Value = businessId } },
        };
        return await archive.AddRowsAsync(People, ["id", "email"], rows, cancellationToken);
    }

    private static async Task SetUpAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "set local timezone = 'UTC'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 1", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
