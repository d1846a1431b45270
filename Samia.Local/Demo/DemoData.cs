using Samia.Local.Up;

namespace Samia.Local.Demo;

/// <summary>Creates the demo businesses in an empty database, through the services that the product itself uses.</summary>
internal static class DemoData
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromDays(60);

    public static async Task CreateAsync(InboxProcessOptions settings, CancellationToken cancellationToken)
    {
        await using var host = await DemoHost.StartAsync(settings, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var business in DemoBusinesses.All)
        {
            host.Clock.Set(now - OpenFor);
            var (id, employees) = await DemoRegistration.RegisterAsync(host.Services, business, cancellationToken);
            await new DemoTeller(host, business, id, employees)
                .TellAsync(DemoStory.Of(business, now), now, cancellationToken);
        }
    }
}
