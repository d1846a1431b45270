using Samia.Inbox.Platform;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Local.Transfer;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>An import that cannot be whole is none.</summary>
public sealed class ImportRefusalTests(TestServers servers) : IAsyncLifetime
{
    private TransferHouse _old = null!;
    private TransferHouse _new = null!;
    private (Guid Id, string Slug) _business;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        (_old, _new) = (await TransferHouse.BuildAsync(servers), await TransferHouse.BuildAsync(servers));
        _business = await _old.SettleAsync();
        _file = await _old.ExportAsync(_business.Slug);
    }

    public async ValueTask DisposeAsync()
    {
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task A_business_that_is_here_is_not_brought_twice()
    {
        await _new.ImportAsync(_file);
        Assert.Contains("already", await RefusedAsync("other-slug"));
        Assert.Equal(1, await _new.Database.ScalarAsync<long>("select count(*) from businesses"));
    }

    [Fact]
    public async Task A_slug_or_a_number_that_another_business_has_is_named()
    {
        await _new.Database.ExecuteAsync("""
            insert into businesses (id, name, slug, status, time_zone, locale, created_at, plan_id, phone_number_id, live_sequence, measured_sequence)
            values (gen_random_uuid(), 'Other', $1, 'active', 'UTC', 'en', now(), 'trial',
                (select $2::text), 0, 0)
            """, _business.Slug, await _old.Database.ScalarAsync<string>("select phone_number_id from businesses"));
        Assert.Contains("--slug", await RefusedAsync(null));
        Assert.Contains("same WhatsApp number", await RefusedAsync("new-slug"));
        await _new.Database.ExecuteAsync("update businesses set phone_number_id = null");
        Assert.Equal("new-slug", (await _new.ImportAsync(_file, "new-slug")).Slug);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    public async Task A_file_that_is_not_what_the_manifest_says_stops_it_before_anything_is_written(string how)
    {
        await TransferHouse.ForgeAsync(_file, "messages.jsonl", text => how == "cut" ? "" : text.Replace("}", ",\"body\":\"x\"}"), unnoticed: false);
        Assert.Contains("messages.jsonl", await RefusedAsync(null));
        Assert.Equal(0, await _new.Database.ScalarAsync<long>("select count(*) from users"));
    }

    [Fact]
    public async Task A_row_of_another_business_in_it_is_refused_by_the_database_and_takes_all_back()
    {
        await TransferHouse.ForgeAsync(_file, "labels.jsonl", text => text.Replace(_business.Id.ToString(), Guid.NewGuid().ToString()), unnoticed: true);
        Assert.Contains("labels", await RefusedAsync(null));
        Assert.Equal(0, await _new.Database.ScalarAsync<long>("select count(*) from businesses"));
    }

    [Fact]
    public async Task What_this_build_does_not_know_is_named()
    {
        await TransferHouse.ForgeAsync(_file, ExportManifest.FileName, text => text.Replace("\"color\"", "\"colour\""), unnoticed: false);
        Assert.Contains("labels.colour", await RefusedAsync(null));
        await TransferHouse.ForgeAsync(_file, ExportManifest.FileName, text => text.Replace("\"table\": \"labels\"", "\"table\": \"stickers\""), unnoticed: false);
        Assert.Contains("stickers", await RefusedAsync(null));
        await TransferHouse.ForgeAsync(_file, ExportManifest.FileName, text => text.Replace("\"version\": 1", "\"version\": 2"), unnoticed: false);
        Assert.Contains("version 2", await RefusedAsync(null));
    }

    [Fact]
    public async Task A_file_that_is_no_export_says_so()
    {
        await File.WriteAllTextAsync(_file, "not a zip", TestContext.Current.CancellationToken);
        Assert.Contains("cannot be read", await RefusedAsync(null));
    }

    [Fact]
    public async Task The_commands_name_what_they_lack()
    {
        Assert.Equal(2, await LocalProgram.RunAsync(["export", "--to", "/tmp/x.zip"]));
        Assert.Equal(2, await LocalProgram.RunAsync(["export", "--business", "x"]));
        var wrong = await Assert.ThrowsAsync<UsageException>(() =>
            ExportCommand.RunAsync(_old.Installation, "nobody", _file + "2", TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains("nobody", wrong.Message);
        Assert.False(File.Exists(_file + "2.part"));
    }

    [Fact]
    public void Every_rule_is_about_a_table_and_a_column_that_there_are() =>
        Assert.Empty(ImportRules.Changed.Keys.Except(Columns()).Concat(ImportRules.NotTaken.Keys.Except(Columns().Select(c => c.Split('.')[0]))));

    private static IEnumerable<string> Columns()
    {
        using var db = new Samia.Data.SamiaDbContext(Samia.Data.SamiaData.OptionsFor("Host=localhost"), new Samia.Data.TenantContext());
        return [.. Samia.Data.TenantTable.InOrder(db).SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}"))];
    }

    private async Task<string> RefusedAsync(string? slug) =>
        (await Assert.ThrowsAsync<LocalSetupException>(() => _new.ImportAsync(_file, slug))).Message;
}
