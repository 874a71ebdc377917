-- updated_at moves with an update, and cannot be set by hand.
do $$
declare
    v_before timestamptz;
    v_after  timestamptz;
begin
    select c.updated_at into v_before from crm.customers c where c.id = pg_temp.customer('ben');

    update crm.customers set given_name = 'Benjamin', updated_at = '2000-01-01'
     where id = pg_temp.customer('ben')
    returning updated_at into v_after;

    if v_after <= v_before then
        raise exception 'updated_at went from % to %', v_before, v_after;
    end if;
end;
$$;
