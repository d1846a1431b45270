using Samia.Data;
using Samia.Local.Commands;
using Samia.Local.Demo;
using Samia.Local.Postgres;
using Samia.Local.Redis;
using Samia.Local.Scale;

namespace Samia.Local.Up;

/// <summary>Everything of one local Samia, started in order and stopped in the reverse one.</summary>
internal sealed class LocalSamia(LocalHome home, UpOptions options) : IAsyncDisposable
{
    public const string Database = "samia";
    private const string Unfinished = "samia_unfinished";
    private const int PreferredInboxPort = 5080;
    private const int PreferredSimulatorPort = 5090;
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<string> _notes = [];
    private InboxProcess? _inbox;
    private string? _redis;

    public Uri InboxAddress => new($"http://localhost:{InboxPort}");
    public Uri SimulatorAddress => new($"http://localhost:{SimulatorPort}");
    public int InboxPort { get; private set; }
    public int SimulatorPort { get; private set; }
    public string MailFolder => home.MailFolder;
    public IReadOnlyList<string> Notes => _notes;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ChoosePorts();
        WriteState(ready: false);
        var postgres = await StartPostgresAsync(cancellationToken);
        var redis = LocalRedis.Start();
        _started.Push(new Disposal(redis));
        _redis = redis.ConnectionString;
        var settings = await PrepareAsync(postgres, redis, cancellationToken);
        _started.Push(await SimulatorHost.StartAsync(settings, SimulatorPort, cancellationToken));
        await Steps.RunAsync("Starting the inbox", async () =>
        {
            _inbox = InboxProcess.Start(settings);
            _started.Push(_inbox);
            WriteState(ready: false);
            await _inbox.WaitUntilReadyAsync(cancellationToken);
        });
    }

    /// <summary>Lets a waiting <c>up --detach</c> return.</summary>
    public void AnnounceReady() => WriteState(ready: true);

    /// <summary>Waits until somebody stops it.</summary>
    /// <exception cref="LocalSetupException">The inbox ended by itself; with the end of its log.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var mails = MailDrop.Watch(home.MailFolder, Console.WriteLine);
        await _inbox!.WaitForExitAsync(cancellationToken);
        // Ctrl-C reaches the inbox too, and it may be the first to end.
        await Task.Delay(500, cancellationToken);
        throw new LocalSetupException($"The inbox ended by itself. The end of {home.InboxLog}:\n{Tail.Of(home.InboxLog, 15)}");
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }

        home.ClearState();
    }

    private void ChoosePorts()
    {
        InboxPort = Ports.Choose("--port", options.Port, PreferredInboxPort, options.SimulatorPort ?? 0);
        SimulatorPort = Ports.Choose("--simulator-port", options.SimulatorPort, PreferredSimulatorPort, InboxPort);
        if (options.Port is null && InboxPort != PreferredInboxPort)
        {
            _notes.Add($"Port {PreferredInboxPort} is taken, so the inbox is at {InboxPort}.");
        }

        if (options.SimulatorPort is null && SimulatorPort != PreferredSimulatorPort)
        {
            _notes.Add($"Port {PreferredSimulatorPort} is taken, so the simulator is at {SimulatorPort}.");
        }
    }

    private async Task<PostgresCluster> StartPostgresAsync(CancellationToken cancellationToken)
    {
        var directory = await home.ChoosePostgresDirectoryAsync(cancellationToken);
        if (!directory.StartsWith(home.Directory, StringComparison.Ordinal))
        {
            _notes.Add($"The user postgres cannot enter {home.Directory}, so the database is in {directory}.");
        }

        var made = Directory.Exists(Path.Combine(directory, "data"));
        var postgres = await Steps.RunAsync(made ? "Starting Postgres" : "Making a Postgres cluster",
            () => PostgresCluster.StartAsync(directory, durable: true, cancellationToken));
        _started.Push(postgres);
        return postgres;
    }

    private async Task<InboxProcessOptions> PrepareAsync(
        PostgresCluster postgres, LocalRedis redis, CancellationToken cancellationToken)
    {
        if (await postgres.HasDatabaseAsync(Database, cancellationToken))
        {
            await Steps.RunAsync("Migrating the database",
                () => postgres.PrepareDatabaseAsync(Database, cancellationToken));
        }
        else
        {
            // Filled under another name, so that a start that is interrupted begins anew the next time.
            await postgres.DropDatabaseAsync(Unfinished, cancellationToken);
            await Steps.RunAsync("Creating the database",
                () => postgres.PrepareDatabaseAsync(Unfinished, cancellationToken));
            await Steps.RunAsync("Creating the demo businesses",
                () => DemoData.CreateAsync(SettingsFor(Unfinished), cancellationToken));
            await postgres.RenameDatabaseAsync(Unfinished, Database, cancellationToken);
        }

        if (options.Scale is { } conversations)
        {
            await ScaleBusiness.FillAsync(postgres, SettingsFor(Database), conversations, cancellationToken);
        }

        return SettingsFor(Database);

        InboxProcessOptions SettingsFor(string database) => new()
        {
            AppConnection = postgres.ConnectionString(DatabaseRoles.App, database),
            PlatformConnection = postgres.ConnectionString(DatabaseRoles.Platform, database),
            RedisConnection = redis.ConnectionString,
            MasterKey = home.MasterKey(),
            WhatsAppBaseAddress = SimulatorAddress,
            Port = InboxPort,
            MailFolder = home.MailFolder,
            LogFile = home.InboxLog,
        };
    }

    private void WriteState(bool ready)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        home.WriteState(new LocalState(ProcessMark.Of(self), _inbox?.Mark, InboxPort, SimulatorPort, _redis, ready));
    }

    private sealed class Disposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
