-- The new columns, nullable for now: adding them takes a moment whatever the size of
-- the table. The constraint counts for new rows; old ones are checked after the backfill.
do $$
begin
    if exists (
        select from pg_catalog.pg_attribute a
         where a.attrelid = 'app.accounts'::regclass
           and a.attname = 'given_name')
    then
        return;
    end if;

    alter table app.accounts
        add column given_name text,
        add column family_name text,
        add constraint given_name_present check (given_name is not null) not valid;
end;
$$;
