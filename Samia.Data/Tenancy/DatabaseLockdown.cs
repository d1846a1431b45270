using Npgsql;

namespace Samia.Data;

/// <summary>
/// Takes from everybody what Postgres gives to every role and no policy guards: temporary tables and functions, large
/// objects, and looking into or ending other sessions, which for one role serving all businesses are those of others.
/// Only a superuser can do it, so a managed Postgres may keep these rights.
/// </summary>
public static class DatabaseLockdown
{
    // By name, because the versions of Postgres differ in how many of them there are. Monitoring keeps its eyes.
    private const string Script = """
        do $$
        declare
            open_to_all regprocedure;
        begin
            execute format('revoke temporary on database %I from public', current_database());
            for open_to_all in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname ~
                '^(lo_.*|loread|lowrite|pg_(cancel|terminate)_backend|pg_stat_get_activity|pg_stat_get_backend_(activity|client_addr|client_port))$'
            loop
                execute format('revoke execute on function %s from public', open_to_all);
                if open_to_all::text ~ 'pg_stat_get' then
                    execute format('grant execute on function %s to pg_monitor', open_to_all);
                end if;
            end loop;
        end $$;
        """;

    /// <summary>May be run any number of times.</summary>
    /// <param name="superuserConnection">Signs in as a superuser, to the database.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task ApplyAsync(string superuserConnection, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(superuserConnection);
        await using var command = source.CreateCommand(Script);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
