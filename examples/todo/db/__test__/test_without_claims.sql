-- Without claims there is no owner: nothing is seen, nothing can be added.
do $$
begin
    perform pg_temp.act_as(null);
    assert todo.current_owner() is null;
    assert not exists (select from todo.tasks);

    begin
        insert into todo.tasks (title) values ('Of nobody');
        raise exception 'a task without an owner was added';
    exception
        when insufficient_privilege or not_null_violation then
            null;
    end;

    perform pg_catalog.set_config('request.jwt.claims', '{"role": "authenticated"}', true);
    assert not exists (select from todo.tasks), 'claims without "sub" are nobody, too';
end;
$$;

reset role;
