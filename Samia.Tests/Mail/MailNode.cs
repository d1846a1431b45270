using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Mail;

/// <summary>An inbox that sends e-mail, with its log.</summary>
public sealed class MailNode : IAsyncDisposable
{
    public const string Secret = "kJ8v-2mXq";
    private readonly NotedLog _log;

    private MailNode(TestInbox inbox, NotedLog log) => (Inbox, _log) = (inbox, log);

    public TestInbox Inbox { get; }
    public IEnumerable<string> Log => _log.Lines.Select(l => l.Text);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<MailNode> StartAsync(
        TestServers servers, SmtpCatcher server, TestDatabase? database = null, params (string Key, string Value)[] settings) =>
        StartAsync(servers, database, [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{server.Port}"), ("Mail:Security", "none"),
            ("Mail:From", "Samia <no-reply@samia.test>"), .. settings]);

    public static async Task<MailNode> StartAsync(
        TestServers servers, TestDatabase? database, params (string Key, string Value)[] settings)
    {
        var log = new NotedLog();
        var inbox = await TestInbox.StartAsync(servers, database, builder =>
        {
            builder.Configuration["Mail:FirstWait"] = "00:00:00.05";
            foreach (var (key, value) in settings)
            {
                builder.Configuration[key] = value;
            }
        }, services => services.AddLogging(logging => logging.AddProvider(log)));
        return new MailNode(inbox, log);
    }

    public static MailMessage NewMail(string to = "maya@example.test", string subject = "You are invited", string language = "en") => new(
        to, subject, ["Rose Bakery asks you to join its inbox."], "Accept the invitation",
        new Uri($"https://inbox.samia.test/invitation?secret={Secret}"), language);

    public async Task QueueAsync(params MailMessage[] mails)
    {
        await using var db = await OpenAsync();
        foreach (var mail in mails)
        {
            await Inbox.Get<Mailer>().QueueAsync(db, mail, Cancellation);
        }
    }

    public Task<PlatformDbContext> OpenAsync() => Inbox.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Cancellation);

    public async Task<List<QueuedMail>> QueuedAsync()
    {
        await using var db = await OpenAsync();
        return await db.QueuedMails.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancellation);
    }

    public Task EmptyAsync() => Eventually.TrueAsync(async () => (await QueuedAsync()).Count == 0);

    /// <summary>No log line holds what a mail says.</summary>
    public void AssertDiscreet()
    {
        Assert.NotEmpty(Log);
        Assert.DoesNotContain(Log, l => l.Contains(Secret) || l.Contains("Rose Bakery") || l.Contains("You are invited"));
    }

    public ValueTask DisposeAsync() => Inbox.DisposeAsync();
}
