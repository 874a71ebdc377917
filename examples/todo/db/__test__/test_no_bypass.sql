-- The other tests prove something only if the role they act as is subject to policies.
select pg_temp.act_as(pg_temp.alice());

do $$
begin
    assert current_user = 'authenticated';
    assert not (select r.rolsuper or r.rolbypassrls from pg_catalog.pg_roles r where r.rolname = current_user);
    assert pg_catalog.row_security_active('todo.tasks'), 'row security is not active';
    assert (select c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'todo.tasks'::regclass);
end;
$$;

reset role;
