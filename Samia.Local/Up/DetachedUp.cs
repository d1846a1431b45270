using System.Diagnostics;
using System.Globalization;
using Samia.Local.Commands;

namespace Samia.Local.Up;

/// <summary>Runs <c>up</c> in a session of its own and returns once the first page is served.</summary>
internal static class DetachedUp
{
    public static async Task<int> RunAsync(LocalHome home, UpOptions options, CancellationToken cancellationToken)
    {
        using (home.TryLock() ?? throw UpCommand.AlreadyRunning(home))
        {
            await Leftovers.CleanAsync(home, cancellationToken);
            await File.WriteAllTextAsync(home.UpLog, "", cancellationToken);
        }

        using var up = Start(home, options);
        try
        {
            await FollowAsync(home, up, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Processes.StopAsync(up, TimeSpan.FromSeconds(30));
            throw;
        }

        return up.HasExited ? 1 : 0;
    }

    private static Process Start(LocalHome home, UpOptions options)
    {
        List<string> arguments =
        [
            "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", home.UpLog,
            // macOS has no setsid; there the process shares our session and is ended with its terminal.
            .. File.Exists("/usr/bin/setsid") ? (string[])["setsid"] : [],
            InboxAssembly.DotnetHost, typeof(LocalProgram).Assembly.Location, "up", "--home", home.Directory,
        ];
        Add("--port", options.Port);
        Add("--simulator-port", options.SimulatorPort);
        Add("--scale", options.Scale);
        if (options.Fresh)
        {
            arguments.Add("--fresh");
        }

        return Process.Start(new ProcessStartInfo("/bin/sh", arguments))!;

        void Add(string name, int? value)
        {
            if (value is { } number)
            {
                arguments.AddRange([name, number.ToString(CultureInfo.InvariantCulture)]);
            }
        }
    }

    private static async Task FollowAsync(LocalHome home, Process up, CancellationToken cancellationToken)
    {
        using var log = new StreamReader(new FileStream(home.UpLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var served = false;
        while (!served && !up.HasExited)
        {
            await Task.Delay(100, cancellationToken);
            served = home.ReadState() is { Ready: true };
            Console.Write(await log.ReadToEndAsync(cancellationToken));
        }

        Console.Write(await log.ReadToEndAsync(cancellationToken));
    }
}
