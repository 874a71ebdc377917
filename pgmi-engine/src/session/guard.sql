-- Who runs it: the engine, as the first statements of a session, before anything is created.
-- Why: a server that is too old and a deployment that is already running must be seen before any work.
--
-- The SQLSTATEs are ours (class PG is not PostgreSQL's): PGV14 the server is too old,
-- PGL15 another session holds the deployment lock. The lock belongs to the session and outlives the
-- transaction; one key for each database, so that other tools of session API v1 take the same lock.
do $pgmi$
declare
    v_key    bigint := pg_catalog.hashtextextended('pgmi.deploy.' || pg_catalog.current_database(), 0);
    v_holder text;
begin
    -- Nothing that prepares a session is worth a notice; this lasts until the end of the message.
    perform pg_catalog.set_config('client_min_messages', 'warning', true);

    if pg_catalog.current_setting('server_version_num')::integer < 140000 then
        raise exception using
            errcode = 'PGV14',
            message = 'the server is PostgreSQL ' || pg_catalog.current_setting('server_version');
    end if;

    if not pg_catalog.pg_try_advisory_lock(v_key) then
        select pg_catalog.format(
                   'process %s (%s) of role %s has held the lock since %s',
                   a.pid,
                   coalesce(nullif(a.application_name, ''), 'no application name'),
                   a.usename,
                   pg_catalog.to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
          into v_holder
          from pg_catalog.pg_locks as l
          join pg_catalog.pg_stat_activity as a on a.pid = l.pid
         where l.locktype = 'advisory'
           and l.granted
           and l.objsubid = 1
           and l.database = (select d.oid from pg_catalog.pg_database as d
                              where d.datname = pg_catalog.current_database())
           and l.classid::bigint = (v_key >> 32) & 4294967295
           and l.objid::bigint = v_key & 4294967295
         limit 1;
        raise exception using
            errcode = 'PGL15',
            message = pg_catalog.current_database(),
            detail  = coalesce(v_holder, '');
    end if;

    -- Without it the server notices that the client is gone only when the statement that runs has ended,
    -- and the lock is held until then. Some platforms cannot look, and refuse the setting.
    begin
        perform pg_catalog.set_config('client_connection_check_interval', '2s', false);
    exception
        when others then null;
    end;
end
$pgmi$;
