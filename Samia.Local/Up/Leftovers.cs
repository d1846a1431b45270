using Samia.Local.Postgres;

namespace Samia.Local.Up;

/// <summary>Ends what an <c>up</c> that was killed has left running.</summary>
internal static class Leftovers
{
    public static async Task CleanAsync(LocalHome home, CancellationToken cancellationToken)
    {
        if (home.ReadState()?.Inbox?.Find() is { } inbox)
        {
            await Processes.StopAsync(inbox, TimeSpan.FromSeconds(5));
            inbox.Dispose();
        }

        if (home.PostgresDirectory is { } postgres)
        {
            await PostgresCluster.StopAsync(postgres, cancellationToken);
        }

        home.ClearState();
    }
}
