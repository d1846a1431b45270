using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox;
using Samia.Local.Postgres;
using Samia.Local.Up;

namespace Samia.Local.Commands;

/// <summary>
/// The services of one installation for a command: that of the environment's connection strings, otherwise the one that
/// runs from a home. Nothing of it is started: no worker runs and nothing is served.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _owner;

    private Installation(WebApplication app, string? owner) => (_app, _owner) = (app, owner);

    public IServiceProvider Services => _app.Services;

    /// <summary>Signs in as <c>samia_owner</c>.</summary>
    /// <exception cref="LocalSetupException">The environment does not say how.</exception>
    public string OwnerConnection => _owner ?? throw new LocalSetupException(
        "The setting 'ConnectionStrings:Owner' is missing. Set ConnectionStrings__Owner to a connection string that signs in as "
        + $"{DatabaseRoles.Owner}.");

    /// <param name="home">Of <c>--home</c>.</param>
    /// <exception cref="LocalSetupException">Neither the environment nor the home says where the database is.</exception>
    public static Installation Open(string? home) =>
        Open(home, new ConfigurationBuilder().AddEnvironmentVariables().Build());

    internal static Installation Open(string? home, IConfiguration environment)
    {
        var settings = home is null && environment.GetConnectionString("Platform") is { Length: > 0 }
            ? FromEnvironment(environment)
            : FromHome(LocalHome.Open(home));
        var app = SamiaInbox.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Error",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
            });
        });
        return new Installation(app, settings.GetValueOrDefault("ConnectionStrings:Owner"));
    }

    /// <exception cref="LocalSetupException">No business has this slug, or the database cannot be reached.</exception>
    public async Task<Guid> BusinessIdAsync(string slug, CancellationToken cancellationToken)
    {
        await using var find = Services.GetRequiredService<PlatformDataSource>().Value.CreateCommand(
            "select id from businesses where slug = $1");
        find.Parameters.Add(new() { Value = slug });
        try
        {
            return await find.ExecuteScalarAsync(cancellationToken) is Guid id
                ? id
                : throw new LocalSetupException($"There is no business with the slug '{slug}'.");
        }
        catch (NpgsqlException away)
        {
            throw new LocalSetupException("The database cannot be reached: " + away.Message);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Dictionary<string, string?> FromEnvironment(IConfiguration environment) => new()
    {
        ["ConnectionStrings:Owner"] = environment.GetConnectionString("Owner"),
        ["ConnectionStrings:App"] = Require(environment, "ConnectionStrings:App"),
        ["ConnectionStrings:Platform"] = Require(environment, "ConnectionStrings:Platform"),
        ["ConnectionStrings:Redis"] = environment.GetConnectionString("Redis") ?? "localhost",
        ["Samia:MasterKey"] = Require(environment, "Samia:MasterKey"),
    };

    private static Dictionary<string, string?> FromHome(LocalHome home)
    {
        var cluster = (home.PostgresDirectory is { } directory ? PostgresCluster.Running(directory) : null)
            ?? throw new LocalSetupException($"Nothing runs from {home.Directory}. Start it with ./samia up, or set ConnectionStrings__App, "
                + "ConnectionStrings__Platform and Samia__MasterKey to reach another installation.");
        string Of(string role) => cluster.ConnectionString(role, LocalSamia.Database);
        return new()
        {
            ["ConnectionStrings:Owner"] = Of(DatabaseRoles.Owner),
            ["ConnectionStrings:App"] = Of(DatabaseRoles.App),
            ["ConnectionStrings:Platform"] = Of(DatabaseRoles.Platform),
            ["ConnectionStrings:Redis"] = "localhost",
            ["Samia:MasterKey"] = home.MasterKey(),
        };
    }

    private static string Require(IConfiguration environment, string key) => environment[key] is { Length: > 0 } value
        ? value
        : throw new LocalSetupException($"The setting '{key}' is missing. Set {key.Replace(":", "__")} in the environment.");
}
