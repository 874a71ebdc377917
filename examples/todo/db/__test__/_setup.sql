-- Alice has two tasks, Bob has one. They add them themselves, as role authenticated:
-- who deploys may be a superuser, for whom policies do not count.
create function pg_temp.alice() returns uuid language sql immutable
    as $$ select 'a11ce000-0000-4000-8000-000000000001'::uuid $$;

create function pg_temp.bob() returns uuid language sql immutable
    as $$ select 'b0b00000-0000-4000-8000-000000000002'::uuid $$;

-- Acts as a person until the end of the test; null: as nobody, without claims.
create function pg_temp.act_as(p_owner uuid)
returns void
language plpgsql
as $$
begin
    perform pg_catalog.set_config(
        'request.jwt.claims',
        case when p_owner is null then ''
             else pg_catalog.jsonb_build_object('sub', p_owner, 'role', 'authenticated')::text end,
        true);
    perform pg_catalog.set_config('role', 'authenticated', true);
end;
$$;

select pg_temp.act_as(pg_temp.alice());
insert into todo.tasks (title) values ('Water the plants'), ('Write to Bob');

select pg_temp.act_as(pg_temp.bob());
insert into todo.tasks (title) values ('Answer Alice');

reset role;
select pg_catalog.set_config('request.jwt.claims', '', true);
