namespace Samia.Data;

/// <summary>
/// The trigger that numbers each row of <c>activity_logs</c> and chains it by hash to the one before it in its
/// business, and the function that says what a row's hash should be. The business's own row is the lock, because a
/// live transaction ends by locking it: one order for all.
/// </summary>
internal static class ActivityChainSql
{
    public const string Script = """
        create or replace function app.activity_hash(log activity_logs, previous bytea) returns bytea
            language sql stable
            return sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array(
                log.business_id, log.id, log.sequence, extract(epoch from log.at), log.actor_kind, log.employee_id,
                log.actor_id, log.ip_address, log.action, log.subject_id, log.subject_name, log.before, log.after,
                log.details)::text, 'UTF8'));

        create or replace function app.chain_activity() returns trigger
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            told text := current_setting('app.business_id', true);
            head activity_chains;
        begin
            if told <> '' and told::uuid <> new.business_id then
                raise insufficient_privilege using message = 'another business''s activity log';
            end if;
            perform set_config('app.business_id', new.business_id::text, true);
            perform from businesses where id = new.business_id for no key update;
            select * into head from activity_chains where business_id = new.business_id;
            new.sequence := coalesce(head.length, 0) + 1;
            new.previous_hash := head.hash;
            new.hash := app.activity_hash(new, head.hash);
            insert into activity_chains (business_id, id, length, hash)
                values (new.business_id, new.business_id, new.sequence, new.hash)
                on conflict (business_id, id) do update set length = excluded.length, hash = excluded.hash;
            perform set_config('app.business_id', coalesce(told, ''), true);
            return new;
        end $$;
        revoke all on function app.chain_activity(), app.activity_hash(activity_logs, bytea) from public;
        grant execute on function app.activity_hash(activity_logs, bytea) to samia_platform;

        create or replace trigger chain before insert on activity_logs
            for each row execute function app.chain_activity();

        """;
}
