-- A change without downtime, in three phases: accounts.full_name becomes given_name
-- and family_name while releases that know only full_name keep running.
--
--   expand     add the new columns beside the old one and keep both in step (head)
--   backfill   fill the new columns of old rows, in small transactions (tail)
--   contract   drop the old column, when the parameter "contract" says so (tail)
--
-- The head is one transaction with the tests as its gate. A tail statement that fails
-- leaves the ones before it done, so each can be run again: deploy until it is through.

begin;

select pg_catalog.set_config('lock_timeout', '3s', true);

do $$
declare
    v_file record;
begin
    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view s
         cross join lateral (
               select pg_catalog.array_position(array['baseline', 'seeds', 'expand'], s.path_parts[2])
         ) as phase (place)
         where phase.place is not null
           and s.is_sql_file
           and (s.path_parts[2] <> 'seeds'
                or coalesce(pg_catalog.current_setting('pgmi.env', true), 'development') <> 'production')
         order by phase.place, s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;

-- From here on each statement is on its own.

set lock_timeout = '3s';

-- An index build that was interrupted leaves an invalid index behind: it is kept up to
-- date and never used, and "if not exists" would take it for the real one.
do $$
declare
    v_index regclass;
begin
    for v_index in
        select i.indexrelid::regclass
          from pg_catalog.pg_index i
          join pg_catalog.pg_class c on c.oid = i.indexrelid
         where c.relnamespace = 'app'::regnamespace
           and not i.indisvalid
    loop
        raise notice 'dropping the invalid index %', v_index;
        execute pg_catalog.format('drop index %s', v_index);
    end loop;
end;
$$;

create unique index concurrently if not exists accounts_email_key
    on app.accounts (pg_catalog.lower(email));

create index concurrently if not exists accounts_unfilled_idx
    on app.accounts (id) where given_name is null;

-- The backfill: a commit after each batch, so that no row is locked for long and what
-- is done stays done. After the contract phase no row is left to fill.
do $$
declare
    v_batch constant integer := 1000;
    v_rows  integer;
    v_total integer := 0;
begin
    loop
        with batch as (
            -- By way of jsonb, for the column may be gone.
            select a.id, pg_catalog.to_jsonb(a) ->> 'full_name' as full_name
              from app.accounts a
             where a.given_name is null
             order by a.id
             limit v_batch
               for update
        )
        update app.accounts a
           set given_name = name.given,
               family_name = name.family
          from batch
         cross join lateral app.split_name(batch.full_name) as name
         where a.id = batch.id;

        get diagnostics v_rows = row_count;
        v_total := v_total + v_rows;
        commit;
        exit when v_rows < v_batch;
    end loop;

    raise notice 'backfill: % row(s)', v_total;
end;
$$;

-- Now that no row is in the way: a short transaction that makes the rule permanent.
-- The scan of "validate" lets others write; "set not null" then needs no scan.
begin;
alter table app.accounts validate constraint given_name_present;
alter table app.accounts alter column given_name set not null;
commit;

drop index concurrently if exists app.accounts_unfilled_idx;

vacuum (analyze) app.accounts;

create index concurrently if not exists accounts_name_idx
    on app.accounts (family_name, given_name);

-- The contract phase, when nobody needs full_name any more.
do $$
declare
    v_file record;
begin
    if coalesce(pg_catalog.current_setting('pgmi.contract', true), 'false') <> 'true' then
        raise notice 'contract: not yet';
        return;
    end if;

    for v_file in
        select s.content
          from pg_temp.pgmi_source_view s
         where s.directory = './contract/'
           and s.is_sql_file
         order by s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

analyze app.accounts;
