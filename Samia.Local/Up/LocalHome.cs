using System.Security.Cryptography;
using System.Text.Json;
using Samia.Local.Postgres;

namespace Samia.Local.Up;

/// <summary>
/// The directory that holds everything of one local Samia (<c>.samia</c> by default): the cluster, the master key, the
/// logs, and who runs it now.
/// </summary>
public sealed class LocalHome
{
    private static readonly string[] Kept = ["bin", "build", "lock", "up.log"];
    private readonly string _directory;

    private LocalHome(string directory) => _directory = directory;

    public string Directory => _directory;
    public string InboxLog => In("inbox.log");
    public string UpLog => In("up.log");

    /// <summary>Where the inbox writes its e-mails.</summary>
    public string MailFolder => In("mail");

    /// <exception cref="LocalSetupException">The directory cannot be made or written.</exception>
    public static LocalHome Open(string? directory)
    {
        var path = Path.GetFullPath(directory
            ?? Path.Combine(Environment.GetEnvironmentVariable("SAMIA_ROOT") ?? Environment.CurrentDirectory, ".samia"));
        try
        {
            System.IO.Directory.CreateDirectory(path);
            var probe = Path.Combine(path, ".probe-" + Environment.ProcessId);
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new LocalSetupException($"Cannot write to {path}: {refused.Message} Choose another directory with --home.");
        }

        return new LocalHome(path);
    }

    /// <summary>Held while something runs from this home; the system releases it even when the process is killed.</summary>
    /// <returns>Null if somebody else holds it.</returns>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(In("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public LocalState? ReadState() => File.Exists(In("state.json"))
        ? JsonSerializer.Deserialize<LocalState>(File.ReadAllText(In("state.json")))
        : null;

    public void WriteState(LocalState state)
    {
        File.WriteAllText(In("state.json.new"), JsonSerializer.Serialize(state));
        File.Move(In("state.json.new"), In("state.json"), overwrite: true);
    }

    public void ClearState() => File.Delete(In("state.json"));

    /// <summary>Wraps the key ring; made once, readable by its owner only.</summary>
    public string MasterKey()
    {
        var file = In("master-key");
        if (!File.Exists(file))
        {
            using var stream = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }

        return File.ReadAllText(file);
    }

    /// <summary>Where the cluster is, if <see cref="ChoosePostgresDirectoryAsync"/> has chosen once; else null.</summary>
    public string? PostgresDirectory =>
        File.Exists(In("postgres-directory")) ? File.ReadAllText(In("postgres-directory")) : null;

    /// <summary>
    /// Chooses where the cluster is to be, once. Started by root, Postgres runs as the user <c>postgres</c>, who cannot
    /// enter a clone below <c>/root</c>; such a cluster goes below <c>/var/lib/samia</c>.
    /// </summary>
    public async Task<string> ChoosePostgresDirectoryAsync(CancellationToken cancellationToken)
    {
        if (PostgresDirectory is { } chosen && System.IO.Directory.Exists(chosen))
        {
            return chosen;
        }

        var reachable = await PostgresBinaries.Find().CanServerUserEnterAsync(_directory, cancellationToken);
        var directory = reachable ? In("postgres") : "/var/lib/samia/" + Guid.NewGuid().ToString("N")[..12];
        System.IO.Directory.CreateDirectory(directory);
        if (!reachable)
        {
            File.SetUnixFileMode("/var/lib/samia", (UnixFileMode)0b111_101_101);
        }

        await File.WriteAllTextAsync(In("postgres-directory"), directory, cancellationToken);
        return directory;
    }

    /// <summary>Deletes what this home has stored. Nothing may be running from it.</summary>
    public void Clear()
    {
        if (PostgresDirectory is { } postgres && System.IO.Directory.Exists(postgres))
        {
            System.IO.Directory.Delete(postgres, recursive: true);
        }

        foreach (var entry in new DirectoryInfo(_directory).GetFileSystemInfos().Where(e => !Kept.Contains(e.Name)))
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private string In(string name) => Path.Combine(_directory, name);
}

/// <summary>Who runs from a home now, so that the next command can find it, or clean up after a kill.</summary>
public sealed record LocalState(
    ProcessMark Up, ProcessMark? Inbox, int InboxPort, int SimulatorPort, string? Redis, bool Ready);
