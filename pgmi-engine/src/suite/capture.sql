-- Notes what the session of a deployment holds besides the database, so that tests can be given a session
-- like it in a copy of the database, and commits.
-- Who runs it: the engine, at the place where deploy.sql calls its tests, in a throwaway database.
-- :setting the setting of the database that carries it, :names settings that the project mentions.
do $pgmi$
declare
    v_temporary constant oid := pg_catalog.pg_my_temp_schema();
    v_state     jsonb;
begin
    select pg_catalog.jsonb_build_object(
        'unportable', (
            select coalesce(pg_catalog.jsonb_agg(o.what), '[]')
              from (select pg_catalog.format('temporary relation %s', c.relname)
                      from pg_catalog.pg_class as c
                     where c.relnamespace = v_temporary and c.relkind in ('r', 'p', 'v', 'S', 'f')
                       and c.relname !~ '^_?pgmi_'
                     union all
                    select pg_catalog.format('temporary type %s', t.typname)
                      from pg_catalog.pg_type as t
                     where t.typnamespace = v_temporary and t.typtype in ('d', 'e', 'r')
                     union all
                    select pg_catalog.format('prepared statement %s', s.name)
                      from pg_catalog.pg_prepared_statements as s
                     where s.from_sql
                     union all
                    select pg_catalog.format('cursor %s', c.name)
                      from pg_catalog.pg_cursors as c
                     where c.name <> '') as o (what)),
        'isolation', pg_catalog.current_setting('transaction_isolation'),
        'read_only', pg_catalog.current_setting('transaction_read_only'),
        'settings', (
            select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(s.name, s.value)), '[]')
              from (select p.name, pg_catalog.current_setting(p.name)
                      from pg_catalog.pg_settings as p
                     where p.source = 'session'
                       and p.name not in ('role', 'session_authorization')
                       and p.name !~ '^transaction_'
                       and p.context in ('user', 'superuser')
                     union all
                    select distinct n.name, pg_catalog.current_setting(n.name, true)
                      from pg_catalog.regexp_split_to_table(':names', ',') as n (name)
                     where n.name <> ''
                       and not exists (select from pg_catalog.pg_settings as p where p.name = n.name)
                       and pg_catalog.current_setting(n.name, true) <> '') as s (name, value)),
        'functions', (
            select coalesce(pg_catalog.jsonb_agg(pg_catalog.replace(
                       pg_catalog.pg_get_functiondef(p.oid),
                       pg_catalog.quote_ident(v_temporary::regnamespace::text) || '.', 'pg_temp.')
                       order by p.oid), '[]')
              from pg_catalog.pg_proc as p
             where p.pronamespace = v_temporary and p.proname !~ '^pgmi_' and p.prokind in ('f', 'p')),
        'authorization', nullif(session_user, (
            select a.usename
              from pg_catalog.pg_stat_activity as a
             where a.pid = pg_catalog.pg_backend_pid())),
        'role', nullif(current_user, session_user))
      into v_state;
    execute 'reset session authorization';
    execute 'reset role';
    execute pg_catalog.format('alter database %I set :setting = %L',
                              pg_catalog.current_database(), v_state::text);
end
$pgmi$;
commit;
