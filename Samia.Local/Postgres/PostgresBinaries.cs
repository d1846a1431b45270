using System.Diagnostics;

namespace Samia.Local.Postgres;

/// <summary>
/// Finds Postgres's own programs and runs them. Postgres refuses to run as root, so root hands them to the user
/// <c>postgres</c>.
/// </summary>
public sealed class PostgresBinaries
{
    private const int MinimumVersion = 15;
    private const string ServerUser = "postgres";
    private readonly string _directory;

    private PostgresBinaries(string directory) => _directory = directory;

    /// <exception cref="LocalSetupException">Postgres 15 or newer is not installed.</exception>
    public static PostgresBinaries Find()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Where(d => int.TryParse(Path.GetFileName(d), out var version) && version >= MinimumVersion)
                .OrderByDescending(d => int.Parse(Path.GetFileName(d), null))
                .Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb"))) is { } found
            ? new PostgresBinaries(found)
            : throw new LocalSetupException(
                $"Postgres {MinimumVersion} or newer is needed. On Debian: apt-get install postgresql");
    }

    /// <summary>Where <paramref name="program"/> is, for callers that start it themselves (psql, pgbench).</summary>
    public string PathOf(string program) => Path.Combine(_directory, program);

    /// <summary>Lets the user that the server runs as write into <paramref name="directory"/>.</summary>
    public void GiveToServerUser(string directory)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", ServerUser, directory]);
            chown.WaitForExit();
        }
    }

    /// <summary>Whether the user that the server runs as can enter <paramref name="directory"/>, which exists.</summary>
    public async Task<bool> CanServerUserEnterAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return true;
        }

        using var test = Process.Start(
            "setpriv", ["--reuid", ServerUser, "--regid", ServerUser, "--init-groups", "test", "-x", directory]);
        await test.WaitForExitAsync(cancellationToken);
        return test.ExitCode == 0;
    }

    public async Task RunOrThrowAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync(program, arguments, cancellationToken);
        if (exitCode != 0)
        {
            throw new LocalSetupException($"{program} failed: {output.Trim()}");
        }
    }

    public async Task<(int ExitCode, string Output)> RunAsync(
        string program, string[] arguments, CancellationToken cancellationToken)
    {
        var asServerUser = Environment.IsPrivilegedProcess;
        // The server outlives pg_ctl and would hold a pipe open: pg_ctl's own output goes to a file.
        var outputFile = Path.GetTempFileName();
        File.SetUnixFileMode(outputFile, (UnixFileMode)0b110_110_110);
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            foreach (var argument in (string[])
                     ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", outputFile])
            {
                start.ArgumentList.Add(argument);
            }

            if (asServerUser)
            {
                foreach (var argument in (string[])["setpriv", "--reuid", ServerUser, "--regid", ServerUser, "--init-groups"])
                {
                    start.ArgumentList.Add(argument);
                }
            }

            start.ArgumentList.Add(PathOf(program));
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await File.ReadAllTextAsync(outputFile, cancellationToken));
        }
        finally
        {
            File.Delete(outputFile);
        }
    }
}
