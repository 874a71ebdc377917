-- A task says something, within reason.
do $$
begin
    perform pg_temp.act_as(pg_temp.alice());

    begin
        insert into todo.tasks (title) values ('');
        raise exception 'an empty title was accepted';
    exception
        when check_violation then
            null;
    end;

    begin
        insert into todo.tasks (title) values (pg_catalog.repeat('x', 501));
        raise exception 'a very long title was accepted';
    exception
        when check_violation then
            null;
    end;
end;
$$;

reset role;
