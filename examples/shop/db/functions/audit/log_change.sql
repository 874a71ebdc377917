-- One trigger function for all audited tables. The first argument of the trigger
-- names the columns that make up the key of the row.
-- security definer: whoever may change a row need not be able to write the log.
create or replace function audit.log_change()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    v_old jsonb;
    v_new jsonb;
    v_key text;
begin
    if tg_op <> 'INSERT' then
        v_old := to_jsonb(old);
    end if;
    if tg_op <> 'DELETE' then
        v_new := to_jsonb(new);
    end if;

    select string_agg(coalesce(v_new, v_old) ->> k.name, ',' order by k.n)
      into v_key
      from unnest(tg_argv[0]::text[]) with ordinality as k (name, n);

    insert into audit.log (relation, row_key, operation, old_row, new_row)
    values (tg_table_schema || '.' || tg_table_name, v_key, lower(tg_op)::audit.operation, v_old, v_new);

    return null;
end;
$$;

create or replace trigger audit_change
    after insert or update or delete on crm.customers
    for each row execute function audit.log_change('{id}');

create or replace trigger audit_change
    after insert or update or delete on catalog.prices
    for each row execute function audit.log_change('{id}');

create or replace trigger audit_change
    after update or delete on sales.orders
    for each row execute function audit.log_change('{id}');

create or replace trigger audit_change
    after insert or update or delete on warehouse.supplier_products
    for each row execute function audit.log_change('{supplier_id,product_id}');
