-- Splits a name at its last space: "Ada King Lovelace" is Ada King, Lovelace.
-- A name without a space is a given name.
create or replace function app.split_name(p_full_name text, out given text, out family text)
language sql
immutable
as $$
    select case when t.at = 0 then t.n else pg_catalog.left(t.n, -t.at) end,
           case when t.at > 0 then pg_catalog.right(t.n, t.at - 1) end
      from (select pg_catalog.btrim(p_full_name) as n,
                   pg_catalog.strpos(pg_catalog.reverse(pg_catalog.btrim(p_full_name)), ' ') as at) as t
$$;

-- As long as both forms exist, whoever writes one of them writes the other, too.
create or replace function app.sync_names()
returns trigger
language plpgsql
as $$
declare
    v_name record;
begin
    -- Without a given name the row is from an old release, or not backfilled yet.
    if new.given_name is null
       or tg_op = 'UPDATE' and new.full_name is distinct from old.full_name
    then
        select n.given, n.family into v_name from app.split_name(new.full_name) as n;
        new.given_name := v_name.given;
        new.family_name := v_name.family;
    else
        new.full_name := pg_catalog.concat_ws(' ', new.given_name, new.family_name);
    end if;

    return new;
end;
$$;

do $$
begin
    if exists (
        select from pg_catalog.pg_attribute a
         where a.attrelid = 'app.accounts'::regclass
           and a.attname = 'full_name'
           and not a.attisdropped)
    then
        create or replace trigger sync_names
            before insert or update on app.accounts
            for each row execute function app.sync_names();
    end if;
end;
$$;
