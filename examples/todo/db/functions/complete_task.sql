-- Marks a task as completed and returns it. It runs with the rights of the caller:
-- a task of somebody else is as unknown as one that does not exist.
create or replace function todo.complete_task(p_id uuid)
returns todo.tasks
language plpgsql
security invoker
as $$
declare
    v_task todo.tasks;
begin
    update todo.tasks t
       set completed = true
     where t.id = p_id
    returning t.* into v_task;

    if not found then
        raise exception 'no task %', p_id using errcode = 'no_data_found';
    end if;

    return v_task;
end;
$$;

revoke execute on function todo.complete_task(uuid) from public;
grant execute on function todo.complete_task(uuid) to authenticated;
