-- Each one sees their own tasks and nobody else's.
do $$
begin
    perform pg_temp.act_as(pg_temp.alice());
    assert (select pg_catalog.array_agg(t.title order by t.title) from todo.tasks t)
        = array['Water the plants', 'Write to Bob'];
    assert not exists (select from todo.tasks t where t.owner = pg_temp.bob());

    perform pg_temp.act_as(pg_temp.bob());
    assert (select pg_catalog.array_agg(t.title) from todo.tasks t) = array['Answer Alice'];

    perform pg_temp.act_as('00000000-0000-4000-8000-00000000dead');
    assert not exists (select from todo.tasks), 'a newcomer has no tasks';
end;
$$;

reset role;
