-- Changes of a customer are logged with the row before and after.
do $$
declare
    v_key text := pg_temp.customer('anna')::text;
    v_log audit.log;
begin
    update crm.customers set phone = '555-0100' where id = v_key::bigint;
    delete from crm.customers where id = v_key::bigint;

    assert (select pg_catalog.array_agg(l.operation order by l.id)
              from audit.log l
             where l.relation = 'crm.customers'
               and l.row_key = v_key) = '{insert,update,delete}'::audit.operation[];

    select l.* into strict v_log
      from audit.log l
     where l.relation = 'crm.customers'
       and l.row_key = v_key
       and l.operation = 'update';

    assert v_log.old_row ->> 'phone' is null;
    assert v_log.new_row ->> 'phone' = '555-0100';
    assert v_log.actor = session_user;
end;
$$;
