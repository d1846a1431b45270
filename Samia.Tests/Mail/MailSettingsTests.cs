using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using MimeKit;
using Samia.Inbox.Shell;
using Samia.Tests.Support;

namespace Samia.Tests.Mail;

public sealed class MailSettingsTests(TestServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_way_to_send_mails_wait_a_warning_says_so_once_and_health_while_one_waits()
    {
        await using var node = await MailNode.StartAsync(servers, database: null);
        Assert.Equal(("healthy", null), await HealthAsync(node));
        await node.QueueAsync(MailNode.NewMail(), MailNode.NewMail());

        Assert.Equal(("degraded", "E-mails wait, because no way to send them is configured."), await HealthAsync(node));
        Assert.Single(node.Log, l => l.Contains("No way to send e-mail is configured"));
        Assert.All(await node.QueuedAsync(), m => Assert.Equal(0, m.Attempts));
    }

    [Fact]
    public async Task Health_says_when_a_mail_has_waited_too_long()
    {
        await using var server = SmtpCatcher.Start();
        server.Answer = (_, _) => new(SmtpServer.Protocol.SmtpReplyCode.InsufficientStorage, "4.7.0 Later");
        await using var node = await MailNode.StartAsync(servers, server);
        await node.QueueAsync(MailNode.NewMail());
        Assert.Equal("healthy", (await HealthAsync(node)).Status);

        await node.Inbox.Database.ExecuteAsync("update mails set created_at = now() - interval '20 minutes'");
        Assert.Equal(("degraded", "E-mails cannot be sent. The log says why."), await HealthAsync(node));
    }

    [Fact]
    public async Task A_drop_folder_gets_each_mail_as_a_file_for_its_owner_alone()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("samia-mail-").FullName, "mail");
        await using var node = await MailNode.StartAsync(servers, database: null, ("Mail:DropFolder", folder));
        await node.QueueAsync(MailNode.NewMail(), MailNode.NewMail("karim@example.test", "أهلاً بك", "ar"));
        await node.EmptyAsync();

        var files = Directory.GetFiles(folder).Order().ToList();
        var mails = files.Select(f => MimeMessage.Load(f)).ToList();
        Assert.Equal([("maya@example.test", "You are invited"), ("karim@example.test", "أهلاً بك")], mails.Select(m => (m.To.ToString(), m.Subject)));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Theory]
    [InlineData("Mail:From", "Mail:Host=smtp.example.test")]
    [InlineData("Mail:From", "Mail:Host=smtp.example.test", "Mail:From=nobody in particular <")]
    [InlineData("Mail:DropFolder", "Mail:Host=smtp.example.test", "Mail:From=a@example.test", "Mail:DropFolder=/tmp/mail")]
    [InlineData("Mail:Port", "Mail:Host=smtp.example.test", "Mail:From=a@example.test", "Mail:Port=70000")]
    [InlineData("Mail:Password", "Mail:Host=smtp.example.test", "Mail:From=a@example.test", "Mail:User=samia")]
    [InlineData("Mail:Security", "Mail:Host=smtp.example.test", "Mail:From=a@example.test", "Mail:User=samia", "Mail:Password=secret-7", "Mail:Security=none")]
    [InlineData("Mail:ClaimFor", "Mail:Host=smtp.example.test", "Mail:From=a@example.test", "Mail:ClaimFor=00:00:10")]
    [InlineData("Samia:PublicAddress", "Mail:DropFolder=/tmp/mail", "Samia:PublicAddress=")]
    public async Task Settings_that_will_not_do_are_named_at_the_start_and_no_password_with_them(string named, params string[] settings)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => MailNode.StartAsync(servers, database: null,
            [.. settings.Select(s => (s.Split('=')[0], s.Split('=')[1]))]));
        Assert.Contains(refused.Failures, f => f.Contains($"'{named}'"));
        Assert.DoesNotContain("secret-7", refused.Message);
    }

    [Theory]
    [InlineData("https://inbox.example.com", "https://inbox.example.com/invitation?secret=a%20b")]
    [InlineData("https://example.com/samia/", "https://example.com/samia/invitation?secret=a%20b")]
    [InlineData("http://localhost:5080", "http://localhost:5080/invitation?secret=a%20b")]
    public void Links_lead_to_the_public_address(string address, string link) =>
        Assert.Equal(link, PublicAddress.Read(With(address)).Of("/invitation?secret=a%20b").AbsoluteUri);

    [Theory]
    [InlineData("inbox.example.com")]
    [InlineData("ftp://inbox.example.com")]
    [InlineData("https://inbox.example.com/?a=b")]
    [InlineData("https://me:secret@inbox.example.com")]
    public void What_is_no_address_of_a_site_is_refused(string address) =>
        Assert.Contains("Samia:PublicAddress", Assert.Throws<InvalidOperationException>(() => PublicAddress.Read(With(address))).Message);

    [Fact]
    public void Without_a_public_address_no_link_is_made_up()
    {
        var unknown = PublicAddress.Read(With(null));
        Assert.False(unknown.IsKnown);
        Assert.Throws<InvalidOperationException>(() => unknown.Of("/invitation"));
    }

    private static IConfiguration With(string? address) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, address)]).Build();

    private static async Task<(string Status, string? Note)> HealthAsync(MailNode node)
    {
        var answer = JsonNode.Parse(await (await node.Inbox.Http.GetAsync("/health/ready", Cancellation)).Content.ReadAsStringAsync(Cancellation))!;
        return ((string)answer["checks"]!["mail"]!["status"]!, (string?)answer["checks"]!["mail"]!["note"]);
    }
}
