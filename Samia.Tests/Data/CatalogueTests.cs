using Npgsql;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>Walks pg_catalog, so a table that is added later is held to the same rules without an edit here.</summary>
public sealed class CatalogueTests(TestServers servers)
{
    private const string Tables = """
        select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname = 'public' and c.relname <> '__EFMigrationsHistory'
        """;

    private const string HasBusinessId =
        "exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'business_id' and not a.attisdropped)";

    [Fact]
    public Task Every_table_enables_and_forces_row_level_security() => NoneAsync($"""
        select t.relname from ({Tables}) t join pg_class c on c.oid = t.oid
        where not (c.relrowsecurity and c.relforcerowsecurity)
        """);

    [Fact]
    public Task Every_tenant_table_has_a_policy_for_all_commands_with_both_clauses() => NoneAsync($"""
        select t.relname from ({Tables}) t where {HasBusinessId} and not exists (
            select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*'
            and pg_get_expr(p.polqual, t.oid) like '(business_id = ( SELECT app.current_business_id()%'
            and pg_get_expr(p.polwithcheck, t.oid) = pg_get_expr(p.polqual, t.oid))
        """);

    [Fact]
    public Task Every_policy_is_the_tenants_or_the_platforms() => NoneAsync($"""
        select t.relname || '.' || p.polname from ({Tables}) t join pg_policy p on p.polrelid = t.oid
        where pg_get_expr(p.polqual, t.oid) not like '%current_business_id()%'
        and p.polroles <> array[(select oid from pg_roles where rolname = 'samia_platform')]
        """);

    [Fact]
    public Task Every_tenant_table_has_the_primary_key_business_id_and_id() => NoneAsync($"""
        select t.relname from ({Tables}) t where {HasBusinessId} and not exists (
            select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p'
            and pg_get_constraintdef(k.oid) = 'PRIMARY KEY (business_id, id)')
        """);

    [Fact]
    public Task Every_foreign_key_between_tenant_tables_holds_the_business() => NoneAsync($"""
        select t.relname || '.' || k.conname from ({Tables}) t
        join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
        where {HasBusinessId}
        and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'business_id')
        and pg_get_constraintdef(k.oid) not like 'FOREIGN KEY (business_id, %) REFERENCES %(business_id, id)%'
        """);

    [Fact]
    public Task Every_unique_index_of_a_tenant_table_leads_with_the_business() => NoneAsync($"""
        select t.relname || '.' || i.indexrelid::regclass from ({Tables}) t join pg_index i on i.indrelid = t.oid
        where {HasBusinessId} and i.indisunique
        and (select attname from pg_attribute where attrelid = t.oid and attnum = i.indkey[0]) <> 'business_id'
        """);

    [Fact]
    public Task A_table_without_a_business_is_closed_to_the_app_role_but_for_what_a_policy_shows_of_the_own_business() => NoneAsync($"""
        select t.relname from ({Tables}) t where not {HasBusinessId} and t.relname <> 'businesses'
        and (has_any_column_privilege('samia_app', t.oid, 'insert, update, references')
            or has_table_privilege('samia_app', t.oid, 'delete, truncate, trigger')
            or (has_any_column_privilege('samia_app', t.oid, 'select') and not exists (
                select from pg_policy p where p.polrelid = t.oid and p.polroles = array[0::oid]
                and pg_get_expr(p.polqual, t.oid) like '%( SELECT app.current_business_id()%')))
        """);

    [Fact]
    public Task Nothing_but_tables_stands_where_the_serving_roles_look() => NoneAsync("""
        select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind not in ('r', 'p', 'i', 'I', 'S')
        union all select c.relname from pg_class c, (values ('samia_app'), ('samia_platform')) r(name)
        where c.relnamespace::regnamespace::text not in ('public', 'information_schema') and c.relnamespace::regnamespace::text !~ '^pg_'
        and c.relkind in ('r', 'p', 'v', 'm', 'f') and has_any_column_privilege(r.name, c.oid, 'select, insert, update, references')
        union all select n.nspname from pg_namespace n, (values ('samia_app'), ('samia_platform')) r(name)
        where n.nspname not in ('public', 'app', 'information_schema') and n.nspname !~ '^pg_'
        and has_schema_privilege(r.name, n.oid, 'usage')
        """);

    [Fact]
    public Task Every_partition_is_out_of_sight_and_takes_its_policies_from_its_table() => NoneAsync($"""
        select p.relname from pg_class p join pg_inherits i on i.inhrelid = p.oid
        where p.relkind in ('r', 'p') and (p.relnamespace::regnamespace::text <> 'partitions'
            or i.inhparent not in (select t.oid from ({Tables}) t))
        """);

    [Fact]
    public Task No_table_may_be_truncated_and_no_trigger_added_by_the_serving_roles() => NoneAsync($"""
        select t.relname from ({Tables}) t, (values ('samia_app'), ('samia_platform')) r(name)
        where has_table_privilege(r.name, t.oid, 'truncate, references, trigger') or has_any_column_privilege(r.name, t.oid, 'references')
        """);

    [Fact]
    public Task No_role_of_ours_bypasses_row_level_security_and_the_serving_roles_own_nothing() => NoneAsync("""
        select rolname from pg_roles where rolname like 'samia\_%' and (rolbypassrls or rolsuper or rolcreaterole)
        union all select relname from pg_class c join pg_roles r on r.oid = c.relowner
        where r.rolname in ('samia_app', 'samia_platform')
        union all select rolname from pg_roles where rolname in ('samia_app', 'samia_platform')
        and has_schema_privilege(rolname, 'public', 'create')
        """);

    private async Task NoneAsync(string sql)
    {
        var database = await servers.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var offenders = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            offenders.Add(reader.GetString(0));
        }

        Assert.Empty(offenders);
    }
}
