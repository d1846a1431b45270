using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Samia.Inbox.Shell;

/// <summary>Reads settings, and says which key is missing in the words of the person who must set it.</summary>
public static class Settings
{
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLogs();
        builder.AddTelemetry();
        builder.AddProxies();
        builder.Services.AddSingleton(PublicAddress.Read(builder.Configuration));
    }

    /// <exception cref="InvalidOperationException">The key is not set.</exception>
    public static string Require(this IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The setting '{key}' is missing. Set it in appsettings.json or as {key.Replace(":", "__")} in the environment.");
}
