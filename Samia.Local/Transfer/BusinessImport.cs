using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Platform;
using Samia.Local.Commands;

namespace Samia.Local.Transfer;

/// <summary>What an import did.</summary>
/// <param name="Taken">Rows by table.</param>
/// <param name="IsChainUnbroken">Whether the activity log, written anew, ended in the hash that the export names.</param>
/// <param name="NewSignIns">E-mails of people who have no password here yet.</param>
internal sealed record ImportReport(
    Guid BusinessId, string Slug, IReadOnlyDictionary<string, long> Taken, bool IsChainUnbroken, IReadOnlyList<string> NewSignIns);

/// <summary>
/// Brings an exported business into this installation, in one transaction of <c>samia_owner</c>, who like everybody
/// else sees and writes the rows of one business only: a row of another in the archive is refused by its policy.
/// </summary>
internal sealed class BusinessImport(ImportArchive archive, Installation installation)
{
    /// <summary>What a message says that was not sent where it came from and is not sent here.</summary>
    public const string NotSent = "This was waiting to be sent when the business moved here, so it was not. Send it again if it is still to be said.";
    private const string WebhookStopped = "The business moved here without its secrets. Give this address a new secret and turn it on again.";
    private readonly ExportManifest _manifest = archive.Manifest;
    private readonly TimeProvider _time = installation.Services.GetRequiredService<TimeProvider>();

    /// <param name="slug">Null to keep the one that it had.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then but sign-ins that open nothing.</param>
    /// <exception cref="LocalSetupException">The archive is broken, or the business is here already.</exception>
    public async Task<ImportReport> RunAsync(string? slug, CancellationToken cancellationToken)
    {
        await archive.VerifyAsync(cancellationToken);
        var wanted = slug ?? _manifest.Business.Slug;
        await using var platform = await installation.Services.GetRequiredService<IDbContextFactory<PlatformDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await RefuseWhatIsHereAsync(platform, wanted, cancellationToken);
        var tables = TenantTable.InOrder(platform);
        var inserts = Inserts(tables);
        var people = await ImportedPeople.BringAsync(archive, installation.Services, cancellationToken);
        var rules = await RulesAsync(platform, wanted, people, cancellationToken);

        await using var connection = new NpgsqlConnection(installation.OwnerConnection);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "select set_config('app.business_id', $1, true), set_config('timezone', 'UTC', true)",
            [new() { Value = _manifest.Business.Id.ToString() }], cancellationToken);
        var taken = new Dictionary<string, long>();
        foreach (var (file, insert) in inserts)
        {
            taken[file.Table] = await WriteAsync(connection, file, insert, [Json(rules)], cancellationToken);
        }

        foreach (var table in tables.Where(t => t.LateColumns.Count > 0 && taken.ContainsKey(t.Name)))
        {
            await WriteAsync(connection, _manifest.Files.Single(f => f.Table == table.Name), ImportRules.UpdateOf(table), [], cancellationToken);
        }

        var unbroken = await IsChainUnbrokenAsync(connection, cancellationToken);
        await LogAsync(connection, unbroken, taken.Values.Sum(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ImportReport(_manifest.Business.Id, wanted, taken, unbroken, people.Created);
    }

    private async Task RefuseWhatIsHereAsync(PlatformDbContext db, string slug, CancellationToken cancellationToken)
    {
        if (await db.Businesses.AnyAsync(b => b.Id == _manifest.Business.Id, cancellationToken))
        {
            throw new LocalSetupException($"{_manifest.Business.Name} is in this installation already.");
        }

        if (await db.Businesses.AnyAsync(b => b.Slug == slug, cancellationToken))
        {
            throw new LocalSetupException($"Another business here has the slug '{slug}'. Choose one with --slug.");
        }
    }

    // Before anything is written, so that an export of a newer Samia is refused whole.
    private List<(ExportedFile File, string Sql)> Inserts(IReadOnlyList<TenantTable> tables)
    {
        var unknown = _manifest.Files.Where(f => f.Table != BusinessExport.People && tables.All(t => t.Name != f.Table)).ToList();
        return unknown.Count > 0
            ? throw new LocalSetupException($"The export has a table {unknown[0].Table} that this build does not know: it was made by a newer Samia.")
            : [.. from table in tables
                  where !ImportRules.NotTaken.ContainsKey(table.Name)
                  let file = _manifest.Files.SingleOrDefault(f => f.Table == table.Name)
                  where file is not null
                  select (file, ImportRules.InsertOf(table, file))];
    }

    private async Task<string> RulesAsync(
        PlatformDbContext db, string slug, ImportedPeople people, CancellationToken cancellationToken)
    {
        var plans = await db.Plans.Select(p => p.Id).ToListAsync(cancellationToken);
        var business = await FirstRowAsync("businesses", cancellationToken);
        var plan = business.GetProperty("plan_id").GetString();
        var secret = "whsec_" + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        return JsonSerializer.Serialize(new
        {
            slug,
            plan = plans.Contains(plan!) ? plan : Plan.Trial,
            people = people.Ids,
            now = _time.GetUtcNow(),
            webhook_secret = installation.Services.GetRequiredService<SecretProtector>()
                .Protect(_manifest.Business.Id, "outgoing_webhooks.secret", secret),
            not_sent = NotSent,
            webhook_stopped = WebhookStopped,
        });
    }

    private async Task<JsonElement> FirstRowAsync(string table, CancellationToken cancellationToken)
    {
        await foreach (var (rows, _) in archive.ReadAsync(_manifest.Files.Single(f => f.Table == table), cancellationToken))
        {
            return JsonDocument.Parse(rows).RootElement[0];
        }

        throw new LocalSetupException("The export holds no business.");
    }

    private async Task<long> WriteAsync(
        NpgsqlConnection connection, ExportedFile file, string sql, NpgsqlParameter[] more, CancellationToken cancellationToken)
    {
        var written = 0L;
        await foreach (var (rows, _) in archive.ReadAsync(file, cancellationToken))
        {
            try
            {
                written += await ExecuteAsync(connection, sql, [new() { Value = rows, NpgsqlDbType = NpgsqlDbType.Json }, .. more.Select(p => p.Clone())],
                    cancellationToken);
            }
            catch (PostgresException refused)
            {
                throw new LocalSetupException($"The database refused a row of {file.Table}, so nothing was imported: {Explain(refused)}");
            }
        }

        return written;
    }

    private static string Explain(PostgresException refused) => refused.ConstraintName == "ix_businesses_phone_number_id"
        ? "another business here is connected to the same WhatsApp number."
        : refused.MessageText;

    // The trigger has numbered and chained the rows as they came. With the same rows it comes to the same hash.
    private async Task<bool> IsChainUnbrokenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand("select encode(hash, 'hex') from activity_chains", connection);
        return (string?)await read.ExecuteScalarAsync(cancellationToken) == _manifest.ActivityChain?.Hash;
    }

    private async Task LogAsync(NpgsqlConnection connection, bool unbroken, long rows, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, """
            insert into activity_logs (business_id, id, at, actor_kind, action, subject_id, details)
            values ($1, $2, $3, 'product', 'business.imported', $1, $4)
            """,
            [
                new() { Value = _manifest.Business.Id }, new() { Value = Guid.CreateVersion7(_time.GetUtcNow()) },
                new() { Value = _time.GetUtcNow() },
                Json(JsonSerializer.Serialize(new
                {
                    exportedAt = _manifest.MadeAt, rows, log = unbroken ? "verified" : "chained anew: it is not what the export's hash names",
                })),
            ], cancellationToken);

    private static NpgsqlParameter Json(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
