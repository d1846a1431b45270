using Microsoft.Extensions.Configuration;
using Npgsql;
using Samia.Data;

namespace Samia.Local.Commands;

/// <summary>
/// <c>./samia migrate</c>: brings the database of <c>ConnectionStrings:Owner</c> to this build's schema, for a
/// deployment. Given <c>ConnectionStrings:Superuser</c> too, it first makes the database and the three roles, with the
/// passwords of the connection strings <c>Owner</c>, <c>App</c> and <c>Platform</c>. It may be run any number of times.
/// </summary>
internal static class MigrateCommand
{
    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        new OptionReader(arguments).Finish("migrate");
        return RunAsync(new ConfigurationBuilder().AddEnvironmentVariables().Build(), cancellationToken);
    }

    internal static async Task<int> RunAsync(IConfiguration settings, CancellationToken cancellationToken)
    {
        var owner = Require(settings, "Owner", DatabaseRoles.Owner);
        try
        {
            if (settings.GetConnectionString("Superuser") is { Length: > 0 } superuser)
            {
                await PrepareAsync(settings, superuser, cancellationToken);
            }

            var applied = await DatabaseMigrator.MigrateAsync(owner, cancellationToken);
            foreach (var migration in applied)
            {
                Console.WriteLine("Applied " + migration);
            }

            Console.WriteLine(applied.Count == 0
                ? "The schema was up to date. Policies and grants are set."
                : "The schema is up to date. Policies and grants are set.");
            return 0;
        }
        catch (Exception failed) when (failed is NpgsqlException or ArgumentException)
        {
            throw new LocalSetupException("The database could not be migrated: " + failed.Message);
        }
    }

    private static async Task PrepareAsync(
        IConfiguration settings, string superuser, CancellationToken cancellationToken)
    {
        var roles = new Dictionary<string, NpgsqlConnectionStringBuilder>
        {
            [DatabaseRoles.Owner] = new(Require(settings, "Owner", DatabaseRoles.Owner)),
            [DatabaseRoles.App] = new(Require(settings, "App", DatabaseRoles.App)),
            [DatabaseRoles.Platform] = new(Require(settings, "Platform", DatabaseRoles.Platform)),
        };
        var database = roles[DatabaseRoles.Owner].Database ?? throw new LocalSetupException(
            "The setting 'ConnectionStrings:Owner' names no Database.");
        await DatabaseSetup.PrepareAsync(superuser, database, role => roles[role].Password ?? throw new LocalSetupException(
            $"The connection string of {role} has no Password."), cancellationToken);
        Console.WriteLine($"The roles and the database {database} are there.");
    }

    private static string Require(IConfiguration settings, string name, string role)
    {
        var value = settings.GetConnectionString(name);
        try
        {
            if (value is { Length: > 0 } && new NpgsqlConnectionStringBuilder(value).Username == role)
            {
                return value;
            }
        }
        catch (ArgumentException wrong)
        {
            throw new LocalSetupException($"The setting 'ConnectionStrings:{name}' is wrong: {wrong.Message}");
        }

        throw new LocalSetupException($"The setting 'ConnectionStrings:{name}' {(value is null ? "is missing" : "signs in as somebody else")}. "
            + $"Set ConnectionStrings__{name} to a connection string that signs in as {role}.");
    }
}
