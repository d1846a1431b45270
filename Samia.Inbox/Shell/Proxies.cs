using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Samia.Inbox.Shell;

/// <summary>
/// Behind a balancer the caller's address and scheme stand in X-Forwarded-For and X-Forwarded-Proto. They are believed
/// only of the proxies in <c>Samia:TrustedProxies</c>: addresses or networks (10.0.0.0/8), separated by commas. By
/// default of none.
/// </summary>
internal static class Proxies
{
    private const string Setting = "Samia:TrustedProxies";

    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var trusted = (builder.Configuration[Setting] ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (trusted.Length == 0)
        {
            return;
        }

        var networks = Array.ConvertAll(trusted, NetworkOf);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Through as many as are trusted, one behind the other.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
        builder.Services.AddSingleton<IStartupFilter, BeforeAllElse>();
    }

    private static IPNetwork NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidOperationException(
                $"The setting '{Setting}' holds '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
    }

    // The framework puts its own middleware, authentication among it, before what an application adds.
    private sealed class BeforeAllElse : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders();
            next(app);
        };
    }
}
