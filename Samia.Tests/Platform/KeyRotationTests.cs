using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Local.Commands;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

public sealed class KeyRotationTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_secret_has_the_new_key_and_what_an_older_one_encrypted_still_opens()
    {
        await using var node = await TestInbox.StartAsync(servers);
        var business = await TestBusiness.CreateAsync(node);
        await StoreAsync(node, business, new OutgoingWebhook
        {
            Url = "https://example.test/", Events = ["message.created"], CreatedAt = DateTimeOffset.UtcNow,
            Secret = node.Get<SecretProtector>().Protect(business.Id, "outgoing_webhooks.secret", "whsec-old"),
        });
        var mail = new MailMessage("maya@example.test", "You are invited", ["Come in."], null, null, "en");
        await using (var db = await node.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Stop))
        {
            await node.Get<Mailer>().QueueAsync(db, mail, Stop);
        }

        var before = await SecretsAsync(node, business.Id);
        Assert.Equal(5, before.Count);

        await using var installation = InstallationOver(node);
        Assert.Equal(0, await RotateKeysCommand.RunAsync(installation, TimeSpan.Zero, Stop));

        var after = await SecretsAsync(node, business.Id);
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, secret =>
        {
            Assert.NotEqual(secret.Value, after[secret.Key]);
            Assert.NotEqual(KeyOf(secret.Value), KeyOf(after[secret.Key]));
        });
        Assert.Single(after.Values.Select(KeyOf).Distinct());

        // The node has not been told: it learns of the key within seconds.
        var secrets = node.Get<SecretProtector>();
        await Eventually.TrueAsync(() => Task.FromResult(Opens(secrets, business, after["businesses.access_token"])));
        Assert.Equal(business.AccessToken, secrets.OpenAccessToken(business.Id, before["businesses.access_token"]));
        Assert.Equal("whsec-old", secrets.Unprotect(business.Id, "outgoing_webhooks.secret", after["outgoing_webhooks.secret"]));
        var mailId = await node.Database.ScalarAsync<Guid>("select id from mails");
        Assert.Equal(mail.Paragraphs, node.Get<MailProtector>().Unprotect(mailId, after["mails.content"]).Paragraphs);
    }

    [Fact]
    public async Task A_secret_that_does_not_open_stops_it_and_is_left_as_it_was()
    {
        await using var node = await TestInbox.StartAsync(servers);
        var business = await TestBusiness.CreateAsync(node);
        await node.Database.ExecuteAsync("update businesses set app_secret = 'broken'");
        await using var scope = node.Services.CreateTenantScope(business.Id);
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(
            () => scope.ServiceProvider.GetRequiredService<SecretRotation>().RunAsync(Stop));
        Assert.Equal("broken", await node.Database.ScalarAsync<string>("select app_secret from businesses"));
    }

    private static Installation InstallationOver(TestInbox node) => Installation.Open(new Dictionary<string, string?>
    {
        ["ConnectionStrings:App"] = node.Database.App,
        ["ConnectionStrings:Platform"] = node.Database.Platform,
        ["ConnectionStrings:Redis"] = "127.0.0.1:1",
        ["Samia:MasterKey"] = TestInbox.MasterKey,
    });

    // A Data Protection payload begins with a magic header of four bytes and the id of its key.
    private static Guid KeyOf(string ciphertext) =>
        new(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(ciphertext).AsSpan(4, 16));

    private static bool Opens(SecretProtector secrets, TestBusiness business, string ciphertext)
    {
        try
        {
            return secrets.OpenAccessToken(business.Id, ciphertext) == business.AccessToken;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static async Task StoreAsync(TestInbox node, TestBusiness business, object row)
    {
        await using var desk = Desk.Of(node, business);
        await using var db = await desk.Get<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Stop);
        db.Add(row);
        await db.SaveChangesAsync(Stop);
    }

    private static async Task<Dictionary<string, string>> SecretsAsync(TestInbox node, Guid business)
    {
        await using var db = await node.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Stop);
        var columns = SecretRotation.SecretColumns(db.GetService<IDesignTimeModel>().Model).ToList();
        var secrets = new Dictionary<string, string>();
        foreach (var (table, key, column) in columns)
        {
            var owner = table == "businesses" ? "id" : "business_id";
            var value = await node.Database.ScalarAsync<object?>(
                $"select (select {column} from {table} where {owner} = $1 and {column} is not null limit 1)", business);
            if (value is string text)
            {
                secrets[$"{table}.{column}"] = text;
            }
        }

        if (await node.Database.ScalarAsync<object?>("select (select content from mails)") is string mail)
        {
            secrets["mails.content"] = mail;
        }

        return secrets;
    }
}
