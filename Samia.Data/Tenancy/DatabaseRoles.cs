namespace Samia.Data;

/// <summary>The three roles that DESIGN's tenancy rests on. None may bypass row-level security.</summary>
public static class DatabaseRoles
{
    public const string Owner = "samia_owner";
    public const string App = "samia_app";
    public const string Platform = "samia_platform";

    public static IReadOnlyList<string> All { get; } = [Owner, App, Platform];

    /// <summary>SQL for a superuser; may be run again, which sets the passwords anew.</summary>
    /// <param name="password">The password of each role.</param>
    public static string CreateScript(Func<string, string> password) => string.Join('\n', All.Select(role => $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{role}') then create role {role}; end if;
        end $$;
        alter role {role} login nosuperuser nobypassrls nocreatedb nocreaterole password '{password(role).Replace("'", "''")}';
        """));
}
