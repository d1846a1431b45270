using Samia.Local.Up;

namespace Samia.Local.Commands;

/// <summary><c>./samia up</c>: runs until Ctrl-C, or in the background with <c>--detach</c>.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(UpOptions options, CancellationToken cancellationToken)
    {
        var home = LocalHome.Open(options.Home);
        if (options.Detach)
        {
            return await DetachedUp.RunAsync(home, options, cancellationToken);
        }

        using var held = home.TryLock() ?? throw AlreadyRunning(home);
        await Leftovers.CleanAsync(home, cancellationToken);
        if (options.Fresh)
        {
            home.Clear();
        }

        await using var samia = new LocalSamia(home, options);
        try
        {
            await samia.StartAsync(cancellationToken);
            Summary.Print(samia);
            samia.AnnounceReady();
            await samia.RunAsync(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopping.");
        }

        return 0;
    }

    public static LocalSetupException AlreadyRunning(LocalHome home) => new(
        $"Samia already runs from {home.Directory}"
        + (home.ReadState() is { } state ? $" at http://localhost:{state.InboxPort}" : "")
        + ". Stop it with ./samia down, or use another --home.");
}
