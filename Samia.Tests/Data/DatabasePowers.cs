namespace Samia.Tests.Data;

/// <summary>What <c>samia_app</c> may call. A new line here is a decision about tenancy: say why.</summary>
internal static class DatabasePowers
{
    /// <summary>Functions of ours, by signature.</summary>
    public static readonly Dictionary<string, string> OwnFunctions = new()
    {
        ["app.current_business_id()"] = "every policy asks it, and it tells a session what it was told",
    };

    /// <summary>Functions of ours that run as their owner, be it as a trigger.</summary>
    public static readonly Dictionary<string, string> RunAsOwner = new()
    {
        ["app.chain_activity()"] = "writes the end of the chain, which nobody else may; refuses rows of another business",
        ["app.delete_from_closed_business(uuid,text,uuid,integer)"] = "deletes nothing but of a business that is closed, exported and past its grace period; only samia_platform may call it",
        ["app.release_in_closed_business(uuid,text,text)"] = "the same, for references in a circle",
        ["app.ensure_analytics_partition(timestamp with time zone)"] = "makes a table, and reads and writes no row of one",
    };

    /// <summary>Extensions whose functions stand in our schemas, open to everybody.</summary>
    public static readonly Dictionary<string, string> Extensions = new()
    {
        ["plpgsql"] = "comes with Postgres; its triggers are ours",
        ["btree_gist"] = "bookings of one employee may not overlap; its functions compare values that they are given",
    };

    /// <summary>
    /// Functions of Postgres that do something, rather than compute, and that every role may call, as patterns over their
    /// names. Those that a pattern of <c>DatabaseLockdown</c> names are not open any more.
    /// </summary>
    public static readonly Dictionary<string, string> VolatileFunctions = new()
    {
        ["RI_FKey_.*|unique_key_recheck|suppress_redundant_updates_trigger|tsvector_update_trigger.*"] = "only as a trigger",
        [".*handler|amvalidate|bernoulli|system|plpgsql_.*|dsnowball_.*"] = "only for Postgres itself",
        ["binary_upgrade_.*|pg_stop_making_pinned_objects|pg_nextoid|pg_import_system_collations"] = "only in an upgrade or for a superuser",
        ["pg_extension_config_dump"] = "only within a script that makes an extension",
        ["clock_timestamp|timeofday|random|random_normal|setseed|gen_random_uuid|pg_sleep.*"] = "time and chance",
        ["set_config|current_query|pg_stat_clear_snapshot|pg_stat_force_next_flush|pg_jit_available"] = "of the own session",
        ["pg_(try_)?advisory_.*"] = "locks that the product uses; a stranger's name of a lock is a hash that holds the business",
        ["nextval|currval|lastval|setval|pg_sequence_last_value"] = "no sequence is granted",
        ["query_to_xml.*|cursor_to_xml.*|ts_stat|ts_rewrite"] = "run SQL as the caller, policies and all",
        ["pg_notify|pg_notification_queue_usage"] = "the product sends nothing by NOTIFY, which whole databases hear",
        ["currtid2|pg_(table|indexes|relation|total_relation|database|tablespace)_size|pg_partition_.*"] = "how large tables are, all businesses together",
        ["pg_stat_get_xact_.*|pg_stat_get_recovery_prefetch|pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_isolation_test_.*"] = "counters and locks, without contents",
        ["pg_control_.*|pg_current_wal_.*|pg_last_.*|pg_get_wal_.*|pg_is_.*|pg_wal_.*"] = "the state of the server",
        ["txid_status|pg_xact_.*|pg_get_multixact_members|pg_prepared_xact|pg_export_snapshot"] = "of transactions, without contents",
        ["pg_(database_)?collation_actual_version"] = "a version",
        ["brin_.*|gin_clean_pending_list"] = "only for the owner of the index",
        ["pg_.*replication_slot.*|pg_logical_slot_.*"] = "only for a role with REPLICATION",
        ["pg_logical_emit_message"] = "writes to the log of the server, which only a role with REPLICATION reads",
        ["pg_read_file_old|pg_rotate_logfile_old"] = "only for a superuser",
    };

    /// <summary>What must be refused for want of a right, as <c>samia_app</c> with a business.</summary>
    public static readonly string[] Refused =
    [
        // Being somebody else.
        "set role samia_owner", "set role samia_platform", "set role postgres", "set session authorization samia_owner",
        "select set_config('role', 'samia_platform', false)", "select set_config('session_authorization', 'samia_owner', true)",
        "alter role samia_app bypassrls", "alter role samia_app superuser", "alter role samia_app createrole", "create role helper login",
        "grant samia_platform to samia_app", "grant pg_read_all_data to samia_app",
        // Doing without policies.
        "set session_replication_role = replica", "alter table customers disable row level security",
        "alter table customers no force row level security", "drop policy tenant on customers",
        "create policy open on customers using (true)", "alter policy tenant on customers using (true)",
        "create or replace function app.current_business_id() returns uuid language sql return null::uuid",
        "drop function app.current_business_id()", "alter table customers owner to samia_app",
        "alter default privileges for role samia_owner grant select on tables to samia_app",
        // Code that others run.
        "create table public.mine (a int)", "create schema mine", "create function public.f() returns int language sql return 1",
        "create function app.f() returns int language sql return 1", "create view public.seen as select * from customers",
        "create trigger t after insert on customers execute function app.chain_activity()",
        "create rule r as on insert to customers do also nothing", "create index on customers (id)", "create event trigger e on ddl_command_start execute function app.f()",
        "create temporary table held (a int)", "create function pg_temp.f() returns int language sql return 1",
        "create extension dblink", "create extension postgres_fdw", "load 'dblink'", "create publication everything for all tables",
        "create foreign data wrapper elsewhere", "truncate customers cascade",
        "select app.activity_hash(l, null) from activity_logs l", "select app.ensure_analytics_partition(now())",
        // Files, the server, other sessions.
        "select pg_read_file('postgresql.conf')", "select pg_read_binary_file('postgresql.conf')", "select pg_read_file_old('postgresql.conf', 0, 9)",
        "select pg_ls_dir('.')", "select pg_stat_file('postgresql.conf')", "select pg_ls_logdir()", "select pg_ls_waldir()",
        "copy customers to '/tmp/samia-stolen'", "copy customers from '/etc/passwd'", "copy customers to program 'cat'", "copy customers from program 'id'",
        "select pg_reload_conf()", "select pg_rotate_logfile()", "select pg_promote()", "select pg_switch_wal()",
        "select pg_cancel_backend(pg_backend_pid())", "select pg_terminate_backend(pg_backend_pid())",
        "select * from pg_stat_activity", "select pg_stat_get_activity(null)", "select pg_stat_get_backend_activity(1)",
        "select pg_create_logical_replication_slot('s', 'test_decoding')", "select pg_logical_slot_peek_changes('s', null, null)",
        // Large objects know no policies.
        "select lo_create(0)", "select lo_from_bytea(0, 'a')", "select lo_get(1)", "select lo_open(1, 262144)", "select lo_import('/etc/passwd')",
        "select lo_export(1, '/tmp/samia-stolen')", "select * from pg_largeobject",
        // What Postgres knows of values and of people.
        "select * from pg_statistic", "select * from pg_statistic_ext_data", "select * from pg_authid", "select * from pg_shadow",
        "select * from pg_hba_file_rules", "select * from pg_file_settings", "select * from pg_user_mapping", "select * from pg_subscription",
        "select nextval('user_claims_id_seq')", "select setval('user_claims_id_seq', 1)", "select * from user_claims_id_seq",
        "select * from partitions.analytics_events_default", "select * from \"__EFMigrationsHistory\"",
    ];
}
