using Samia.Local.Up;

namespace Samia.Local.Demo;

/// <summary>Creates the demo businesses in an empty database, through the services that the product itself uses.</summary>
internal static class DemoData
{
    public static async Task CreateAsync(InboxProcessOptions settings, CancellationToken cancellationToken)
    {
        await using var host = await DemoHost.StartAsync(settings, cancellationToken);
        foreach (var business in DemoBusinesses.All)
        {
            await DemoRegistration.RegisterAsync(host.Services, business, cancellationToken);
        }
    }
}
