using SmtpServer.Protocol;
using Samia.Tests.Support;

namespace Samia.Tests.Mail;

/// <summary>The mail server does not take a mail.</summary>
public sealed class MailRefusalTests(TestServers servers)
{
    [Fact]
    public async Task A_mail_that_is_refused_for_now_is_tried_again_and_arrives_once()
    {
        await using var server = SmtpCatcher.Start();
        server.Answer = (at, _) => at < 3 ? new SmtpResponse(SmtpReplyCode.InsufficientStorage, "4.7.0 Greylisted, come back later") : null;
        await using var node = await MailNode.StartAsync(servers, server);
        await node.QueueAsync(MailNode.NewMail());
        await node.EmptyAsync();

        Assert.Single(server.Mails);
        Assert.Equal(3, server.Tries);
        Assert.Equal(2, node.Log.Count(l => l.Contains("was not sent at try") && l.Contains("452 4.7.0 Greylisted")));
    }

    [Fact]
    public async Task A_recipient_whom_nobody_knows_is_given_up_with_the_reason_and_the_next_mail_goes_on()
    {
        await using var server = SmtpCatcher.Start();
        server.Knows = to => to != "gone@example.test";
        await using var node = await MailNode.StartAsync(servers, server);
        await node.QueueAsync(MailNode.NewMail("gone@example.test"), MailNode.NewMail());
        await node.EmptyAsync();

        Assert.Equal("maya@example.test", Assert.Single(server.Mails).To.ToString());
        Assert.Contains(node.Log, l => l.Contains("will not arrive; given up after 1 tries: 55"));
        node.AssertDiscreet();
    }

    [Fact]
    public async Task A_server_that_repeats_the_link_in_its_refusal_brings_it_into_no_log_and_no_row()
    {
        await using var server = SmtpCatcher.Start();
        server.Answer = (at, mail) => new SmtpResponse(at == 1 ? SmtpReplyCode.InsufficientStorage : SmtpReplyCode.TransactionFailed,
            $"5.7.1 Spam: https://inbox.samia.test/invitation?secret={MailNode.Secret} and inbox.samia.test/invitation?secret={MailNode.Secret}.");
        await using var node = await MailNode.StartAsync(servers, server, settings: ("Mail:FirstWait", "00:00:01"));
        await node.QueueAsync(MailNode.NewMail());
        await Eventually.TrueAsync(async () => await node.QueuedAsync() is [{ LastError: not null }]);
        Assert.DoesNotContain(MailNode.Secret, Assert.Single(await node.QueuedAsync()).LastError);
        await node.EmptyAsync();

        Assert.Equal(2, server.Tries);
        Assert.Contains(node.Log, l => l.Contains("given up after 2 tries: 554 5.7.1 Spam: [link]"));
        node.AssertDiscreet();
    }

    [Fact]
    public async Task A_mail_is_given_up_after_its_last_try()
    {
        await using var server = SmtpCatcher.Start();
        server.Answer = (_, _) => new SmtpResponse(SmtpReplyCode.InsufficientStorage, "4.7.0 Later");
        await using var node = await MailNode.StartAsync(servers, server, settings: ("Mail:MaxAttempts", "3"));
        await node.QueueAsync(MailNode.NewMail());
        await node.EmptyAsync();

        Assert.Equal(3, server.Tries);
        Assert.Contains(node.Log, l => l.Contains("given up after 3 tries: 452"));
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_mails_until_somebody_mends_it()
    {
        await using var server = SmtpCatcher.Start(passwordNeeded: true);
        TestDatabase database;
        await using (var wrong = await MailNode.StartAsync(servers, server, settings: [("Mail:User", "samia"), ("Mail:Password", "wrong-password-7")]))
        {
            database = wrong.Inbox.Database;
            await wrong.QueueAsync(MailNode.NewMail());
            await Eventually.TrueAsync(async () => await wrong.QueuedAsync() is [{ Attempts: > 1, LastError: { } error }] && error.Contains("Authentication"));
            Assert.DoesNotContain(wrong.Log, l => l.Contains("wrong-password-7"));
        }

        await using var right = await MailNode.StartAsync(servers, server, database, ("Mail:User", "samia"), ("Mail:Password", SmtpCatcher.Password));
        await right.EmptyAsync();
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_server_that_cannot_encrypt_gets_nothing_unless_that_is_allowed()
    {
        await using var server = SmtpCatcher.Start();
        await using var node = await MailNode.StartAsync(servers, server, settings: ("Mail:Security", "starttls"));
        await node.QueueAsync(MailNode.NewMail());
        await Eventually.TrueAsync(async () => await node.QueuedAsync() is [{ Attempts: > 1, LastError: { } error }] && error.Contains("STARTTLS"));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_when_the_time_is_over()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var node = await MailNode.StartAsync(servers, database: null, ("Mail:Host", "127.0.0.1"), ("Mail:From", "samia@samia.test"),
            ("Mail:Port", $"{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}"), ("Mail:Security", "none"), ("Mail:Timeout", "00:00:00.3"));
        await node.QueueAsync(MailNode.NewMail());
        await Eventually.TrueAsync(async () => await node.QueuedAsync() is [{ Attempts: > 1, LastError: not null }]);
    }
}
