-- The role of whoever has signed in. The server in front checks the token, puts its
-- claims into request.jwt.claims and acts as this role.
-- Roles belong to the cluster, so it may be there already, or appear right now.
do $$
begin
    if not exists (select from pg_catalog.pg_roles r where r.rolname = 'authenticated') then
        create role authenticated nologin;
    end if;
exception
    when duplicate_object or unique_violation then
        null;
end;
$$;

-- Whoever deploys must be able to act as this role in the tests. A superuser is; on
-- PostgreSQL 16 and later, having created the role is not enough.
do $$
begin
    if not pg_catalog.pg_has_role(
        current_user, 'authenticated',
        case when pg_catalog.current_setting('server_version_num')::integer >= 160000
             then 'set' else 'member' end)
    then
        execute pg_catalog.format('grant authenticated to %I', current_user);
    end if;
end;
$$;

grant usage on schema todo to authenticated;
