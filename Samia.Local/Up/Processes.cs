using System.Diagnostics;

namespace Samia.Local.Up;

/// <summary>A process that was started earlier, told apart from a later one with the same id by its start.</summary>
public sealed record ProcessMark(int Id, DateTime StartedAt)
{
    // Linux derives the time from the boot clock, so two readings of one process may differ a little.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static ProcessMark Of(Process process) => new(process.Id, process.StartTime.ToUniversalTime());

    /// <returns>Null if that process has ended, whoever has its id now.</returns>
    public Process? Find()
    {
        try
        {
            var process = Process.GetProcessById(Id);
            if (!process.HasExited && !Processes.IsZombie(Id) && (process.StartTime.ToUniversalTime() - StartedAt).Duration() < Tolerance)
            {
                return process;
            }

            process.Dispose();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
        }

        return null;
    }
}

/// <summary>Looks at processes and asks them to stop.</summary>
public static class Processes
{
    public static string? NameOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return IsZombie(id) ? null : process.ProcessName;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether it has ended and only its entry is left. In a container whose first process collects no orphans the
    /// entry stays.
    /// </summary>
    public static bool IsZombie(int id)
    {
        try
        {
            // "id (name) state ...", and the name may hold anything.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Asks the process to stop (SIGTERM), and ends it (SIGKILL) if it has not after the grace.</summary>
    public static async Task StopAsync(Process process, TimeSpan grace)
    {
        if (process.HasExited)
        {
            return;
        }

        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id} 2>/dev/null || true"]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }
}
