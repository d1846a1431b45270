namespace Samia.Data;

/// <summary>
/// Makes the monthly partitions of <c>analytics_events</c>, in a schema that no serving role may enter. A row's id is a
/// UUIDv7, so a month is a range of ids. What no month was made for lands in the default partition: nothing is lost.
/// </summary>
internal static class AnalyticsPartitions
{
    public const string Script = """
        create schema if not exists partitions;
        create table if not exists partitions.analytics_events_default partition of analytics_events default;

        create or replace function app.ensure_analytics_partition(moment timestamptz) returns void
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            first timestamp := date_trunc('month', moment at time zone 'UTC');
            name text := 'analytics_events_' || to_char(first, 'YYYY_MM');
        begin
            if to_regclass('partitions.' || name) is null then
                execute format('create table partitions.%I partition of analytics_events for values from (%L) to (%L)',
                    name, app.uuid7_floor(first), app.uuid7_floor(first + interval '1 month'));
            end if;
        end $$;

        create or replace function app.uuid7_floor(utc timestamp) returns uuid language sql immutable
            return (lpad(to_hex((extract(epoch from utc) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

        revoke all on function app.ensure_analytics_partition(timestamptz), app.uuid7_floor(timestamp) from public;
        grant execute on function app.ensure_analytics_partition(timestamptz) to samia_platform;
        select app.ensure_analytics_partition(now() + make_interval(months => n)) from generate_series(-1, 3) n;

        """;
}
