using Samia.Local.Up;

namespace Samia.Local.Commands;

/// <summary><c>./samia down</c>: stops what runs from a home, and cleans up after what was killed.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var home = LocalHome.Open(reader.Value("--home"));
        reader.Finish("down");

        var running = home.ReadState()?.Up.Find();
        if (running is not null)
        {
            await Processes.StopAsync(running, Patience);
            running.Dispose();
        }

        using var held = home.TryLock() ?? throw new LocalSetupException(
            $"Something that just started holds {home.Directory}. Try again in a moment.");
        await Leftovers.CleanAsync(home, cancellationToken);
        Console.WriteLine(running is null ? "Nothing was running." : "Stopped.");
        return 0;
    }
}
