-- Completing works for one's own tasks; others do not exist.
do $$
declare
    v_task  todo.tasks;
    v_alice uuid;
begin
    perform pg_temp.act_as(pg_temp.alice());
    select t.id into strict v_alice from todo.tasks t where t.title = 'Write to Bob';

    v_task := todo.complete_task(v_alice);
    assert v_task.completed;
    assert v_task.id = v_alice and v_task.owner = pg_temp.alice();
    assert v_task.updated_at > v_task.created_at;
    assert (select pg_catalog.count(*) from todo.tasks t where t.completed) = 1;

    perform pg_temp.act_as(pg_temp.bob());
    begin
        perform todo.complete_task(v_alice);
        raise exception 'Bob completed a task of Alice';
    exception
        when no_data_found then
            null;
    end;
end;
$$;

reset role;
