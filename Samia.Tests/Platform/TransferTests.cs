using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Platform;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Local.Transfer;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>A business is exported from one installation and imported into another.</summary>
public sealed class TransferTests(TestServers servers) : IAsyncLifetime
{
    private TransferHouse _old = null!;
    private TransferHouse _new = null!;
    private (Guid Id, string Slug) _business;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_old, _new) = (await TransferHouse.BuildAsync(servers), await TransferHouse.BuildAsync(servers));
        _business = await _old.SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_out_again_is_what_went_in_table_for_table_and_column_for_column()
    {
        var first = await _old.ExportAsync(_business.Slug);
        await _new.ImportAsync(first);
        var second = await _new.ExportAsync(_business.Slug);

        var (before, after) = (await TransferHouse.RowsOfAsync(first), await TransferHouse.RowsOfAsync(second));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, table => Assert.NotEmpty(table.Value));
        Assert.Equal("business.imported", (string?)after["activity_logs"][^1]["action"]);
        after["activity_logs"].RemoveAt(after["activity_logs"].Count - 1);

        var differences = new HashSet<string>();
        foreach (var (table, rows) in before.Where(t => !ImportRules.NotTaken.ContainsKey(t.Key)))
        {
            Assert.Equal(rows.Count, after[table].Count);
            foreach (var (old, fresh) in rows.Zip(after[table]))
            {
                differences.UnionWith(old.Where(c => !JsonNode.DeepEquals(c.Value, fresh[c.Key])).Select(c => $"{table}.{c.Key}"));
            }
        }

        // All that differs is what the import says that it changes.
        Assert.Empty(differences.Except(ImportRules.Changed.Keys));
        Assert.DoesNotContain("employees.user_id", differences);
        Assert.DoesNotContain("businesses.slug", differences);
        Assert.All(ImportRules.NotTaken.Keys.Where(t => t != "activity_chains"), table => Assert.Empty(after[table]));
    }

    [Fact]
    public async Task The_manifest_counts_every_file_and_no_secret_is_in_any()
    {
        await _old.Database.ExecuteAsync("update businesses set access_token = 'canary', app_secret = 'canary', verify_token = 'canary', ai_key = 'canary'");
        await _old.Database.ExecuteAsync("update outgoing_webhooks set secret = 'canary'");
        await _old.Database.ExecuteAsync("update push_subscriptions set endpoint = 'canary', auth_secret = 'canary'");
        await _old.Database.ExecuteAsync("update users set password_hash = 'canary', security_stamp = 'canary'");
        await _old.Database.ExecuteAsync("update api_tokens set secret_hash = decode(repeat('cafe', 16), 'hex')");
        await _old.Database.ExecuteAsync("update invitations set secret_hash = decode(repeat('cafe', 16), 'hex')");

        var file = await _old.ExportAsync(_business.Slug);
        var rows = await TransferHouse.RowsOfAsync(file);
        var manifest = await TransferHouse.ManifestOfAsync(file);
        Assert.Equal(rows.ToDictionary(t => t.Key, t => (long)t.Value.Count), manifest.Files.ToDictionary(f => f.Table, f => f.Rows));
        Assert.DoesNotContain(rows.Values.SelectMany(r => r), r => r.ToJsonString().Contains("canary") || r.ToJsonString().Contains("cafecafe"));
        Assert.All((string[])["businesses.access_token", "api_tokens.secret_hash", "push_subscriptions.auth_secret"],
            column => Assert.Contains(column, manifest.LeftOut));
        Assert.Equal(_business.Id, await _old.Database.ScalarAsync<Guid>(
            "select business_id from activity_logs where action = 'business.exported'"));
    }

    [Fact]
    public async Task What_is_written_while_it_runs_is_not_half_in_it()
    {
        var written = 0;
        await using var stream = new StreamThatCallsBack(() =>
        {
            written++;
            return written > 1 ? Task.CompletedTask : _old.Database.ExecuteAsync("""
                insert into business_days (business_id, id, day, messages) select business_id, gen_random_uuid(), day + 1, 5 from business_days
                """);
        });
        var manifest = await _old.Installation.Services.GetRequiredService<BusinessExport>().WriteAsync(_business.Id, stream, Stop);
        Assert.True(written > 1);
        Assert.Equal(2, await _old.Database.ScalarAsync<long>("select count(*) from business_days"));
        Assert.Equal(1, manifest.Files.Single(f => f.Table == "business_days").Rows);
    }

    [Fact]
    public async Task Nobody_waits_here_for_what_was_waiting_there()
    {
        await _old.Database.ExecuteAsync("update messages set status = 'queued', direction = 'outbound'");
        await _old.Database.ExecuteAsync("update conversations set last_message_status = 'queued'");
        await _old.Database.ExecuteAsync("update businesses set status = 'suspended', suspended_reason = 'not paid', suspended_at = now()");
        await _old.Database.ExecuteAsync("update api_tokens set revoked_at = null");
        await _new.ImportAsync(await _old.ExportAsync(_business.Slug));

        Assert.Equal("failed", await _new.Database.ScalarAsync<string>("select status from messages"));
        Assert.Contains("Send it again", await _new.Database.ScalarAsync<string>("select error_text from messages"));
        Assert.Equal("failed", await _new.Database.ScalarAsync<string>("select last_message_status from conversations"));
        Assert.Equal("active", await _new.Database.ScalarAsync<string>("select status from businesses where suspended_reason is null"));
        Assert.Equal(0, await _new.Database.ScalarAsync<long>("select count(*) from outbox"));
        Assert.Equal(1, await _new.Database.ScalarAsync<long>("select count(*) from api_tokens where revoked_at is not null"));
        // The new secret is one of this installation: it opens here.
        Assert.NotEmpty(_new.Installation.Services.GetRequiredService<SecretProtector>().Unprotect(_business.Id,
            "outgoing_webhooks.secret", await _new.Database.ScalarAsync<string>("select secret from outgoing_webhooks where not is_active")));
    }

    [Fact]
    public async Task Of_a_media_file_the_record_comes_along_and_points_to_no_file_here()
    {
        await _old.Database.ExecuteAsync("""
            update media_files set state = 'stored', size = 5, store_key = 'media/5', thumbnail_key = 'media/5.small', file_name = 'a.pdf',
                content_hash = sha256('a')
            """);
        await _new.ImportAsync(await _old.ExportAsync(_business.Slug));
        Assert.True(await _new.Database.ScalarAsync<bool>("""
            select state = 'deleted' and store_key is null and thumbnail_key is null and size = 5 and file_name = 'a.pdf' and content_hash = sha256('a')
            from media_files
            """));
    }

    [Fact]
    public async Task A_person_who_is_here_already_keeps_their_password_and_others_have_none_yet()
    {
        var file = await _old.ExportAsync(_business.Slug);
        var email = (string)(await TransferHouse.RowsOfAsync(file))[BusinessExport.People].Single()["email"]!;
        var known = new User { Email = email, UserName = email };
        await using (var scope = _new.Installation.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            Assert.True((await users.CreateAsync(known, TestBusiness.Password)).Succeeded);
        }

        var report = await _new.ImportAsync(file);
        Assert.Empty(report.NewSignIns);
        Assert.Equal(known.Id, await _new.Database.ScalarAsync<Guid>("select user_id from employees"));

        await using var third = await TransferHouse.BuildAsync(servers);
        Assert.Equal([email], (await third.ImportAsync(file)).NewSignIns);
        Assert.True(await third.Database.ScalarAsync<bool>("select password_hash is null and lockout_enabled from users where email = $1", email));
    }

    [Fact]
    public async Task Its_log_verifies_and_one_that_was_tampered_with_before_says_so()
    {
        Assert.True((await _new.ImportAsync(await _old.ExportAsync(_business.Slug))).IsChainUnbroken);

        await _old.Database.ExecuteAsync("update activity_logs set action = 'something.else' where sequence = 1");
        await using var third = await TransferHouse.BuildAsync(servers);
        Assert.False((await third.ImportAsync(await _old.ExportAsync(_business.Slug))).IsChainUnbroken);
        Assert.Contains("chained anew", await third.Database.ScalarAsync<string>("select details ->> 'log' from activity_logs order by sequence desc limit 1"));
        foreach (var house in (TransferHouse[])[_new, third])
        {
            Assert.Equal(0, await VerifyAuditCommand.RunAsync(house.Installation, _business.Slug, TextWriter.Null, Stop));
        }
    }
}
