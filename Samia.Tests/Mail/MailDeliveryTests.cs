using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Mail;

/// <summary>From the queue into a mail server, over a real SMTP conversation.</summary>
public sealed class MailDeliveryTests(TestServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_as_text_and_HTML_and_leaves_nothing_behind()
    {
        await using var server = SmtpCatcher.Start();
        await using var node = await MailNode.StartAsync(servers, server);
        await node.QueueAsync(MailNode.NewMail());
        await node.EmptyAsync();

        var mail = Assert.Single(server.Mails);
        Assert.Equal(("\"Samia\" <no-reply@samia.test>", "maya@example.test", "You are invited"),
            (mail.From.ToString(), mail.To.ToString(), mail.Subject));
        Assert.Contains($"\nhttps://inbox.samia.test/invitation?secret={MailNode.Secret}", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("Accept the invitation</a>", mail.HtmlBody);
    }

    [Fact]
    public async Task Two_nodes_deliver_each_mail_once()
    {
        await using var server = SmtpCatcher.Start();
        await using var one = await MailNode.StartAsync(servers, server);
        await using var two = await MailNode.StartAsync(servers, server, one.Inbox.Database);
        var mails = Enumerable.Range(0, 30).Select(i => MailNode.NewMail($"person{i}@example.test")).ToArray();
        await Task.WhenAll(one.QueueAsync(mails[..15]), two.QueueAsync(mails[15..]));
        await one.EmptyAsync();

        Assert.Equal(mails.Select(m => m.To).Order(), server.Mails.Select(m => m.To.ToString()).Order());
    }

    [Fact]
    public async Task A_mail_and_what_causes_it_are_there_together_or_not_at_all()
    {
        await using var server = SmtpCatcher.Start();
        await using var node = await MailNode.StartAsync(servers, server);
        await using (var db = await node.OpenAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await node.Inbox.Get<Mailer>().QueueAsync(db, MailNode.NewMail("nobody@example.test"), Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        await using (var db = await node.OpenAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            db.Add(new User { UserName = "maya", Email = "maya@example.test" });
            await node.Inbox.Get<Mailer>().QueueAsync(db, MailNode.NewMail(), Cancellation);
            await transaction.CommitAsync(Cancellation);
            Assert.True(await db.Users.AnyAsync(u => u.UserName == "maya", Cancellation));
        }

        await Eventually.TrueAsync(() => !server.Mails.IsEmpty);
        Assert.Equal("maya@example.test", Assert.Single(server.Mails).To.ToString());
    }

    [Fact]
    public async Task A_mail_waits_through_a_restart_for_a_server_that_is_away()
    {
        await using var away = SmtpCatcher.Start();
        await away.DisposeAsync();
        TestDatabase database;
        await using (var node = await MailNode.StartAsync(servers, away))
        {
            database = node.Inbox.Database;
            await node.QueueAsync(MailNode.NewMail());
            await Eventually.TrueAsync(async () => (await node.QueuedAsync()).Single() is { Attempts: > 1, LastError: not null });
        }

        await using var server = SmtpCatcher.Start(away.Port);
        await using var again = await MailNode.StartAsync(servers, server, database);
        await again.EmptyAsync();
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_mail_whose_node_died_is_taken_up_when_its_claim_ends_and_not_before()
    {
        await using var server = SmtpCatcher.Start();
        await using var idle = await MailNode.StartAsync(servers, database: null);
        await idle.QueueAsync(MailNode.NewMail("claimed@example.test"));
        await idle.Inbox.Database.ExecuteAsync("update mails set claimed_until = now() + interval '1 hour'");
        await using var node = await MailNode.StartAsync(servers, server, idle.Inbox.Database);
        await node.QueueAsync(MailNode.NewMail("free@example.test"));
        await Eventually.TrueAsync(async () => (await node.QueuedAsync()).Count == 1);
        Assert.Equal("free@example.test", Assert.Single(server.Mails).To.ToString());

        await idle.Inbox.Database.ExecuteAsync("update mails set claimed_until = now()");
        await node.EmptyAsync();
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task At_rest_nobody_reads_what_a_mail_says_and_a_copy_of_it_does_not_open()
    {
        await using var node = await MailNode.StartAsync(servers, database: null);
        await node.QueueAsync(MailNode.NewMail());
        var row = await node.Inbox.Database.ScalarAsync<string>("select mails::text from mails");
        Assert.DoesNotContain(MailNode.Secret, row);
        Assert.DoesNotContain("invited", row);
        Assert.DoesNotContain("Rose Bakery", row);

        var mail = Assert.Single(await node.QueuedAsync());
        Assert.Contains(MailNode.Secret, node.Inbox.Get<MailProtector>().Unprotect(mail.Id, mail.Content).ActionLink!.Query);
        Assert.ThrowsAny<CryptographicException>(() => node.Inbox.Get<MailProtector>().Unprotect(Guid.NewGuid(), mail.Content));
        await using var app = NpgsqlDataSource.Create(node.Inbox.Database.App);
        await using var read = app.CreateCommand("select * from mails");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => read.ExecuteNonQueryAsync(Cancellation))).SqlState);
    }

    [Theory]
    [InlineData("not an address", "https://inbox.samia.test/")]
    [InlineData("a@example.test, b@example.test", "https://inbox.samia.test/")]
    [InlineData("a@example.test\r\nBcc: b@example.test", "https://inbox.samia.test/")]
    [InlineData("a@example.test", "javascript:alert(1)")]
    public async Task What_is_no_mail_is_not_queued(string to, string link)
    {
        await using var node = await MailNode.StartAsync(servers, database: null);
        await Assert.ThrowsAsync<ArgumentException>(() => node.QueueAsync(MailNode.NewMail(to) with { ActionLink = new Uri(link) }));
        Assert.Empty(await node.QueuedAsync());
    }
}
