using Microsoft.Extensions.Configuration;
using Npgsql;
using Samia.Data;

namespace Samia.Local.Commands;

/// <summary>
/// <c>./samia migrate</c>: brings the database of <c>ConnectionStrings:Owner</c> to this build's schema, for a
/// deployment. It may be run any number of times.
/// </summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        new OptionReader(arguments).Finish("migrate");
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var owner = settings.GetConnectionString("Owner") ?? throw new LocalSetupException(
            "The setting 'ConnectionStrings:Owner' is missing. Set ConnectionStrings__Owner to a connection string that "
            + "signs in as samia_owner.");
        try
        {
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
}
