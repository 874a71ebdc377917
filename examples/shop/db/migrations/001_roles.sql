-- Roles belong to the whole cluster: they may exist already, from another database
-- or from a deployment that runs at this moment. Nobody logs in as one of them;
-- the application's login role is granted what it needs.
do $$
declare
    v_role text;
begin
    foreach v_role in array array['shop_reader', 'shop_clerk', 'shop_warehouse', 'shop_admin'] loop
        begin
            if not exists (select from pg_catalog.pg_roles r where r.rolname = v_role) then
                execute pg_catalog.format('create role %I nologin', v_role);
            end if;
        exception
            when duplicate_object or unique_violation then
                null;  -- Somebody else was faster.
        end;
    end loop;
end;
$$;

-- Clerks and warehouse staff can read; admins can do what both can. Whoever deploys
-- takes part in all of them, so that the tests can act as one; a superuser can anyway.
-- (From PostgreSQL 16 on, to create a role is not yet to have the right to act as it.)
do $$
declare
    v_right text := case when pg_catalog.current_setting('server_version_num')::integer >= 160000
                         then 'set' else 'member' end;
    v_grant record;
begin
    for v_grant in
        select g.granted, g.member
          from (values ('shop_reader', 'shop_clerk'),
                       ('shop_reader', 'shop_warehouse'),
                       ('shop_clerk', 'shop_admin'),
                       ('shop_warehouse', 'shop_admin'),
                       ('shop_admin', current_user::text)) as g (granted, member)
    loop
        begin
            if not pg_catalog.pg_has_role(v_grant.member, v_grant.granted, v_right) then
                execute pg_catalog.format('grant %I to %I', v_grant.granted, v_grant.member);
            end if;
        exception
            when unique_violation then
                null;  -- Here as well.
        end;
    end loop;
end;
$$;
