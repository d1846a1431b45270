using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;
using Samia.Inbox.Businesses;
using Samia.Local;
using Samia.Local.Simulator;
using Samia.Local.Up;
using Samia.Tests.Businesses;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>The tests that look at one running inbox through a browser. They run one after another.</summary>
[CollectionDefinition]
public sealed class BrowserTests : ICollectionFixture<InboxUnderTest>;

/// <summary>
/// The real program, in a process of its own over a database of its own, which tests may kill and start again.
/// </summary>
public sealed class InboxUnderTest(TestServers servers) : IAsyncLifetime
{
    private readonly string _log = Path.GetTempFileName();
    private readonly string _mails = Directory.CreateTempSubdirectory("samia-mail-").FullName;
    private InboxProcess? _process;
    private TestInbox? _arrange;
    private WhatsAppSimulator? _whatsApp;
    private StripeServer? _stripe;

    public Uri Address => Process.Address;

    /// <summary>Where the program looks for WhatsApp.</summary>
    public WhatsAppSimulator WhatsApp => _whatsApp ?? throw NotStarted();

    /// <summary>Where the program looks for Stripe: Starter and Growth are for sale.</summary>
    public StripeServer Stripe => _stripe ?? throw NotStarted();

    /// <summary>
    /// The same application in this process over the same database, to arrange and to look. Its workers do not run,
    /// so what happens in the background is the program's doing.
    /// </summary>
    public TestInbox Arrange => _arrange ?? throw NotStarted();

    private InboxProcess Process => _process ?? throw NotStarted();

    public async ValueTask InitializeAsync()
    {
        var database = await servers.CreateDatabaseAsync();
        _arrange = await TestInbox.StartAsync(servers, database, builder => builder.Configuration["OutgoingWebhooks:AllowedNetworks"] = "127.0.0.0/8", services =>
        {
            foreach (var worker in services.Where(IsOurWorker).ToList())
            {
                services.Remove(worker);
            }
        });
        _whatsApp = await WhatsAppSimulator.StartAsync([], null, Ports.Free(), TestContext.Current.CancellationToken);
        _stripe = await StripeServer.StartAsync();
        await PaidInbox.SetPricesAsync(_arrange);
        _process = InboxProcess.Start(new InboxProcessOptions
        {
            AppConnection = database.App,
            PlatformConnection = database.Platform,
            RedisConnection = servers.Redis.ConnectionString,
            MasterKey = TestInbox.MasterKey,
            WhatsAppBaseAddress = WhatsApp.Address,
            Port = Ports.Free(),
            MailFolder = _mails,
            LogFile = _log,
            Environment = new Dictionary<string, string>(PaidInbox.SettingsFor(_stripe).Select(s => KeyValuePair.Create(s.Key.Replace(":", "__"), s.Value)))
            {
                ["SignIn__TriesPerMinute"] = "10000",
                ["SignIn__RevalidateEvery"] = "00:00:01",
                // As in production, only sooner.
                ["WhatsApp__Outbound__CallTimeout"] = "00:00:06",
                ["WhatsApp__Outbound__ClaimFor"] = "00:00:08",
                ["WhatsApp__Outbound__AnswerPatience"] = "00:00:45",
            },
        });
        await _process.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        _whatsApp.InboxAddress = Address;
        _stripe.Inbox = Address;
    }

    /// <summary>Lets WhatsApp know the business's number.</summary>
    public SimulatedLine Connect(TestBusiness business) => WhatsApp.Connect(new SimulatorConnection(business.Name,
        new WhatsAppConnection(business.PhoneNumberId, business.WabaId, "96170000001", business.AccessToken,
            business.AppSecret, business.VerifyToken)));

    /// <summary>Waits for the newest e-mail that the program has sent to this address.</summary>
    public async Task<MimeMessage> MailToAsync(string address)
    {
        MimeMessage? newest = null;
        await Eventually.TrueAsync(() => (newest = Directory.GetFiles(_mails, "*.eml").OrderDescending(StringComparer.Ordinal)
            .Select(file => MimeMessage.Load(file)).FirstOrDefault(mail => mail.To.ToString() == address)) is not null);
        return newest!;
    }

    /// <summary>Ends the program as a crash would, until the outage ends.</summary>
    public Outage Kill()
    {
        Process.Kill();
        return new Outage(StartAgainAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_whatsApp is not null)
        {
            await _whatsApp.DisposeAsync();
        }

        if (_stripe is not null)
        {
            await _stripe.DisposeAsync();
        }

        if (_arrange is not null)
        {
            await _arrange.DisposeAsync();
        }

        string[] heard = _arrange is null ? [] :
        [
            .. Canary.HeardIn(File.ReadLines(_log)), .. Canary.HeardIn(File.ReadLines(servers.Postgres.LogFile)),
            .. await Canary.HeardInAsync(_arrange.Database),
        ];
        File.Delete(_log);
        Directory.Delete(_mails, recursive: true);
        Assert.True(heard.Length == 0, "All that ran in the browser left secrets in the clear:\n" + string.Join('\n', heard));
    }

    private async Task StartAgainAsync()
    {
        _process = Process.StartAgain();
        await _process.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
    }

    private static bool IsOurWorker(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly == typeof(Samia.Inbox.SamiaInbox).Assembly;

    private static InvalidOperationException NotStarted() => new("The inbox has not started.");
}
