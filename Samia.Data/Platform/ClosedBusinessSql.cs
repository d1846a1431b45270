namespace Samia.Data;

/// <summary>
/// The one way to delete what a business has, its activity log included: no serving role has the grants for it. The
/// functions ask the business's row itself whether it is closed, was exported afterwards, and has had its grace period.
/// </summary>
internal static class ClosedBusinessSql
{
    public const string Script = """
        create or replace function app.enter_closed_business(business uuid) returns void language plpgsql as $$
        begin
            perform set_config('app.business_id', business::text, true);
            perform from businesses where id = business and status = 'closed'
                and exported_at >= closed_at and delete_after <= now();
            if not found then
                raise exception 'business % is not to be deleted', business using errcode = 'object_not_in_prerequisite_state';
            end if;
        end $$;

        create or replace function app.delete_from_closed_business(
            business uuid, tenant_table text, after uuid, most integer, out deleted bigint, out last uuid)
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            key text := case when tenant_table = 'businesses' then 'id' else 'business_id' end;
        begin
            perform app.enter_closed_business(business);
            execute format('with gone as (delete from %1$I where %2$I = $1 and id in (
                    select id from %1$I where %2$I = $1 and ($2 is null or id > $2) order by id limit $3) returning id)
                select count(*), (array_agg(id order by id desc))[1] from gone', tenant_table, key)
                using business, after, most into deleted, last;
            perform set_config('app.business_id', '', true);
        end $$;

        -- What refers in a circle is let go of first: a prompt names its published version, and a version its prompt.
        create or replace function app.release_in_closed_business(business uuid, tenant_table text, reference text)
            returns void language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            perform app.enter_closed_business(business);
            execute format('update %1$I set %2$I = null where business_id = $1 and %2$I is not null', tenant_table, reference)
                using business;
            perform set_config('app.business_id', '', true);
        end $$;

        revoke all on function app.enter_closed_business(uuid), app.delete_from_closed_business(uuid, text, uuid, integer),
            app.release_in_closed_business(uuid, text, text) from public;
        grant execute on function app.delete_from_closed_business(uuid, text, uuid, integer),
            app.release_in_closed_business(uuid, text, text) to samia_platform;

        """;
}
