using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samia.Data;
using Samia.Inbox;
using Samia.Local.Postgres;
using Samia.Local.Up;

namespace Samia.Local.Commands;

/// <summary>
/// The installation that a maintenance command works on, as the product's own services over it; its web server and
/// workers are not started. It is the one that the environment names (<c>ConnectionStrings__App</c>,
/// <c>ConnectionStrings__Platform</c>, <c>ConnectionStrings__Redis</c>, <c>Samia__MasterKey</c>, as for a node), else the
/// one that runs from <c>--home</c>.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Installation(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Signs in as <c>samia_owner</c>.</summary>
    /// <exception cref="LocalSetupException">The environment does not say how.</exception>
    public string OwnerConnection => _app.Configuration.GetConnectionString("Owner") is { Length: > 0 } owner
        ? owner
        : throw new LocalSetupException("The setting 'ConnectionStrings:Owner' is missing. Set ConnectionStrings__Owner to a "
            + $"connection string that signs in as {DatabaseRoles.Owner}.");

    /// <exception cref="LocalSetupException">There is none.</exception>
    public static Installation Open(OptionReader options)
    {
        var home = options.Value("--home");
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return Open(environment.GetConnectionString("Platform") is { Length: > 0 } && home is null
            ? environment.AsEnumerable()
            : SettingsOf(LocalHome.Open(home)));
    }

    internal static Installation Open(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var app = SamiaInbox.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        return new Installation(app);
    }

    /// <exception cref="UsageException">There is no such business.</exception>
    public async Task<Guid> BusinessIdAsync(string slug, CancellationToken cancellationToken)
    {
        await using var command = Services.GetRequiredService<PlatformDataSource>().Value
            .CreateCommand("select id from businesses where slug = $1");
        command.Parameters.Add(new() { Value = slug });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid id
            ? id
            : throw new UsageException($"There is no business with the slug '{slug}'.");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Dictionary<string, string?> SettingsOf(LocalHome home)
    {
        var cluster = home.PostgresDirectory is { } directory ? PostgresCluster.Running(directory) : null;
        if (cluster is null || home.ReadState() is not { } state)
        {
            throw new LocalSetupException($"Nothing runs from {home.Directory}. Start it with ./samia up, or set "
                + "ConnectionStrings__Platform and the other settings of a node in the environment.");
        }

        return new Dictionary<string, string?>
        {
            ["ConnectionStrings:Owner"] = cluster.ConnectionString(DatabaseRoles.Owner, LocalSamia.Database),
            ["ConnectionStrings:App"] = cluster.ConnectionString(DatabaseRoles.App, LocalSamia.Database),
            ["ConnectionStrings:Platform"] = cluster.ConnectionString(DatabaseRoles.Platform, LocalSamia.Database),
            ["ConnectionStrings:Redis"] = state.Redis,
            ["Samia:MasterKey"] = home.MasterKey(),
        };
    }
}
