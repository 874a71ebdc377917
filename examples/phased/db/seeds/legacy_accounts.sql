-- Accounts from before, enough for the backfill to need several batches.
do $$
begin
    if not exists (select from app.accounts) then
        insert into app.accounts (email, full_name)
        select 'user' || i || '@example.org',
               case i % 10 when 0 then 'Mononym' || i else 'Given' || i || ' Family' || i % 100 end
          from pg_catalog.generate_series(1, 2500) as i;
    end if;
end;
$$;
