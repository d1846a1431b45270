using System.Globalization;
using Samia.Local.Up;

namespace Samia.Local.Postgres;

/// <summary>
/// What a server wrote about itself into its data directory: its process on the first line, its port on the fourth.
/// A killed server leaves the file behind, and its process id may since belong to anything.
/// </summary>
internal sealed class PostmasterPidFile
{
    private readonly string _path;
    private readonly int? _pid;

    private PostmasterPidFile(string path, string[] lines)
    {
        _path = path;
        _pid = Number(lines, 0);
        Port = Number(lines, 3);
    }

    public int? Port { get; }

    public bool IsAlive => _pid is { } pid && Processes.NameOf(pid) is "postgres" or "postmaster" && WorksIn(pid);

    /// <returns>Null if there is none, so no server was left running.</returns>
    public static PostmasterPidFile? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "postmaster.pid");
        return File.Exists(path) ? new PostmasterPidFile(path, File.ReadAllLines(path)) : null;
    }

    public void Delete() => File.Delete(_path);

    // A server works in its data directory, which tells it from another cluster's; only Linux lets us look.
    private bool WorksIn(int pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false) is not { } directory
                || Path.GetFileName(directory.FullName) == Path.GetFileName(Path.GetDirectoryName(_path))
                && File.Exists(Path.Combine(directory.FullName, "postmaster.pid"))
                && File.ReadAllText(Path.Combine(directory.FullName, "postmaster.pid")) == File.ReadAllText(_path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static int? Number(string[] lines, int index) =>
        lines.Length > index && int.TryParse(lines[index], CultureInfo.InvariantCulture, out var number) ? number : null;
}
