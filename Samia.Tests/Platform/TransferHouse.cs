using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;
using Samia.Local.Commands;
using Samia.Local.Transfer;
using Samia.Tests.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>One installation of a test: a database of its own, and the commands that work on it.</summary>
internal sealed class TransferHouse : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("samia-transfer-").FullName;

    private TransferHouse(TestDatabase database) => (Database, Installation) = (database, Installation.Open(
        new Dictionary<string, string?>
        {
            ["ConnectionStrings:Owner"] = database.Owner,
            ["ConnectionStrings:App"] = database.App,
            ["ConnectionStrings:Platform"] = database.Platform,
            ["ConnectionStrings:Redis"] = "127.0.0.1:1",
            ["Samia:MasterKey"] = TestInbox.MasterKey,
        }));

    public TestDatabase Database { get; }
    public Installation Installation { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TransferHouse> BuildAsync(TestServers servers) => new(await servers.CreateDatabaseAsync());

    /// <summary>A business with a row in every table, whatever tables there are.</summary>
    public async Task<(Guid Id, string Slug)> SettleAsync()
    {
        await using var superuser = await TwoTenants.OpenAsync(Database.Superuser);
        var rows = new TenantRows(await Catalogue.ReadAsync(superuser), 1);
        await rows.InsertAllAsync(superuser);
        var email = $"{Guid.NewGuid():N}@example.test";
        await Database.ExecuteAsync("""
            update users set email = $1, user_name = $1, normalized_email = upper($1), normalized_user_name = upper($1)
            where id in (select user_id from employees where business_id = $2)
            """, email, rows.BusinessId);
        await Database.ExecuteAsync("update businesses set status = 'active' where id = $1", rows.BusinessId);
        // Made up from the catalogue, the log and the end of its chain know nothing of each other.
        await Database.ExecuteAsync("delete from activity_chains where business_id = $1", rows.BusinessId);
        await Database.ExecuteAsync("""
            with gone as (delete from activity_logs where business_id = $1 returning *) insert into activity_logs select * from gone
            """, rows.BusinessId);
        return (rows.BusinessId, rows.Row("businesses")["slug"]!);
    }

    /// <returns>The archive's file.</returns>
    public async Task<string> ExportAsync(string slug)
    {
        var file = Path.Combine(_directory, Guid.NewGuid() + ".zip");
        Assert.Equal(0, await ExportCommand.RunAsync(Installation, slug, file, TextWriter.Null, Stop));
        return file;
    }

    public async Task<ImportReport> ImportAsync(string file, string? slug = null)
    {
        using var archive = await ImportArchive.OpenAsync(file, Stop);
        return await new BusinessImport(archive, Installation).RunAsync(slug, Stop);
    }

    /// <summary>The rows of every table of an archive.</summary>
    public static async Task<Dictionary<string, List<JsonObject>>> RowsOfAsync(string file)
    {
        await using var zip = await ZipFile.OpenReadAsync(file, Stop);
        var rows = new Dictionary<string, List<JsonObject>>();
        foreach (var table in (await ManifestOfAsync(file)).Files)
        {
            using var reader = new StreamReader(await zip.GetEntry(table.Name)!.OpenAsync(Stop));
            var lines = (await reader.ReadToEndAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            rows[table.Table] = [.. lines.Select(l => JsonNode.Parse(l)!.AsObject())];
        }

        return rows;
    }

    public static async Task<ExportManifest> ManifestOfAsync(string file)
    {
        await using var zip = await ZipFile.OpenReadAsync(file, Stop);
        await using var stream = await zip.GetEntry(ExportManifest.FileName)!.OpenAsync(Stop);
        return (await JsonSerializer.DeserializeAsync<ExportManifest>(stream, ExportManifest.Json, Stop))!;
    }

    /// <summary>Changes one file of an archive, and the manifest with it where that is to go unnoticed.</summary>
    public static async Task ForgeAsync(string file, string entry, Func<string, string> change, bool unnoticed)
    {
        var manifest = await ManifestOfAsync(file);
        await using var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Stop);
        string text;
        using (var reader = new StreamReader(await zip.GetEntry(entry)!.OpenAsync(Stop)))
        {
            text = change(await reader.ReadToEndAsync(Stop));
        }

        await ReplaceAsync(zip, entry, text);
        if (unnoticed)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
            await ReplaceAsync(zip, ExportManifest.FileName, JsonSerializer.Serialize(manifest with
            {
                Files = [.. manifest.Files.Select(f => f.Name == entry ? f with { Sha256 = sha256, Rows = text.Count(c => c == '\n') } : f)],
            }, ExportManifest.Json));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task ReplaceAsync(ZipArchive zip, string entry, string text)
    {
        zip.GetEntry(entry)!.Delete();
        await using var writer = new StreamWriter(await zip.CreateEntry(entry).OpenAsync(Stop));
        await writer.WriteAsync(text);
    }
}
