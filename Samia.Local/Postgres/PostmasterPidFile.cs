using System.Globalization;
using Samia.Local.Up;

namespace Samia.Local.Postgres;

/// <summary>
/// What a server wrote about itself into its data directory: its process on the first line, its port on the fourth.
/// A killed server leaves the file behind, and its process id may since belong to anything.
/// </summary>
internal sealed class PostmasterPidFile
{
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(20);
    private readonly string _path;
    private readonly int? _pid;

    private PostmasterPidFile(string path, string[] lines)
    {
        _path = path;
        _pid = Number(lines, 0);
        Port = Number(lines, 3);
    }

    public int? Port { get; }

    public bool IsAlive => _pid is { } pid && Processes.NameOf(pid) is "postgres" or "postmaster" && WorksHere(pid);

    /// <returns>Null if there is none, so no server was left running.</returns>
    public static PostmasterPidFile? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "postmaster.pid");
        return File.Exists(path) ? new PostmasterPidFile(path, File.ReadAllLines(path)) : null;
    }

    /// <summary>
    /// Deletes the file of a server that is gone, once the processes that it had started are gone too: the file is
    /// what keeps another server from starting beside them.
    /// </summary>
    /// <exception cref="LocalSetupException">They do not go.</exception>
    public async Task DeleteStaleAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; Orphans() is { Count: > 0 } orphans; waited += TimeSpan.FromMilliseconds(200))
        {
            if (waited > OrphanPatience)
            {
                throw new LocalSetupException("Processes of a Postgres that was killed still run: end them with "
                    + $"kill {string.Join(' ', orphans)} and try again.");
            }

            await Task.Delay(200, cancellationToken);
        }

        File.Delete(_path);
    }

    private List<int> Orphans() => Directory.Exists("/proc")
        ? [.. new DirectoryInfo("/proc").GetDirectories().Select(d => int.TryParse(d.Name, out var id) ? id : 0)
            .Where(id => id > 0 && WorkingDirectoryOf(id) == Path.GetDirectoryName(_path))]
        : [];

    // A server works in its data directory, which tells it from another cluster's; only Linux lets us look.
    private bool WorksHere(int pid) => WorkingDirectoryOf(pid) is not { } directory || directory == Path.GetDirectoryName(_path);

    private static string? WorkingDirectoryOf(int pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? Number(string[] lines, int index) =>
        lines.Length > index && int.TryParse(lines[index], CultureInfo.InvariantCulture, out var number) ? number : null;
}
