-- updated_at is the time of the last update, whoever makes it.
create or replace function shop.touch_updated_at()
returns trigger
language plpgsql
as $$
begin
    new.updated_at := pg_catalog.clock_timestamp();
    return new;
end;
$$;

-- Every table that has the column gets the trigger, so a new table cannot be forgotten.
do $$
declare
    v_table record;
begin
    for v_table in
        select n.nspname, c.relname
          from pg_catalog.pg_attribute a
          join pg_catalog.pg_class c on c.oid = a.attrelid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('crm', 'catalog', 'warehouse', 'sales')
           and c.relkind = 'r'
           and a.attname = 'updated_at'
           and not a.attisdropped
         order by 1, 2
    loop
        execute pg_catalog.format(
            'create or replace trigger touch_updated_at
                 before update on %I.%I
                 for each row execute function shop.touch_updated_at()',
            v_table.nspname, v_table.relname);
    end loop;
end;
$$;
