using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Platform;
using Samia.Local.Up;

namespace Samia.Local.Demo;

/// <summary>Creates the demo businesses in an empty database, through the services that the product itself uses.</summary>
internal static class DemoData
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromDays(60);
    private static readonly TimeSpan Invited = TimeSpan.FromHours(3);

    public static async Task CreateAsync(InboxProcessOptions settings, CancellationToken cancellationToken)
    {
        await using var host = await DemoHost.StartAsync(settings, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<OperatorRegistration>()
                .RegisterAsync(DemoBusinesses.Operator, "Olivia Hart", DemoBusinesses.Password, cancellationToken);
        }

        foreach (var business in DemoBusinesses.All)
        {
            host.Clock.Set(now - OpenFor);
            var (id, employees) = await DemoRegistration.RegisterAsync(host.Services, business, cancellationToken);
            var byFirstName = employees.ToDictionary(e => business.Employees[e.Key].Split(' ')[0], e => e.Value);
            await new DemoTeller(host, business, id, byFirstName).TellAsync(DemoStory.Of(business, now), now, cancellationToken);
            host.Clock.Set(now - Invited);
            await business.Team!.InviteAsync(host.Services, id, employees, cancellationToken);
        }
    }
}
