-- Nobody changes, deletes or adds tasks of somebody else.
do $$
declare
    v_rows integer;
begin
    perform pg_temp.act_as(pg_temp.bob());

    update todo.tasks set title = 'Bob was here';
    get diagnostics v_rows = row_count;
    if v_rows <> 1 then
        raise exception 'Bob changed % tasks', v_rows;
    end if;

    delete from todo.tasks where owner = pg_temp.alice();
    get diagnostics v_rows = row_count;
    assert v_rows = 0;

    begin
        insert into todo.tasks (owner, title) values (pg_temp.alice(), 'Give Bob all your money');
        raise exception 'Bob added a task for Alice';
    exception
        when insufficient_privilege then
            null;
    end;

    begin
        update todo.tasks set owner = pg_temp.alice();
        raise exception 'Bob gave his task away';
    exception
        when insufficient_privilege then
            null;
    end;

    perform pg_temp.act_as(pg_temp.alice());
    assert (select pg_catalog.count(*) from todo.tasks t where t.title <> 'Bob was here') = 2;
end;
$$;

reset role;
