-- Writes what is in the database into two tables of the schema pgmi; what they held before goes.
-- Who runs it: the engine, behind a deployment with --record, in a transaction of its own, inside the lock.
-- The last two lines are completed by it: the version of pgmi, and the query of objects.sql.
do $pgmi$
begin
    -- Not "if not exists": that asks for a privilege even where there is nothing to do.
    if pg_catalog.to_regnamespace('pgmi') is null then
        create schema pgmi;
        comment on schema pgmi is 'What pgmi remembers of deployments. Nothing else needs it: drop schema pgmi cascade;';
        grant usage on schema pgmi to public;
    end if;
    if pg_catalog.to_regclass('pgmi.deployment') is null then
        create table pgmi.deployment (
            recorded_at    timestamptz not null,
            recorded_by    text not null,
            server_version text not null,
            pgmi_version   text not null,
            unrecorded_at  timestamptz,
            unrecorded_by  text
        );
        comment on column pgmi.deployment.unrecorded_at is 'The last deployment since then without --record.';
        comment on table pgmi.deployment is 'The last deployment with --record: one row.';
        grant select on pgmi.deployment to public;
    end if;
    if pg_catalog.to_regclass('pgmi.deployment_object') is null then
        create table pgmi.deployment_object (
            kind       text not null,
            name       text not null,
            parent     text,
            definition text not null
        );
        comment on table pgmi.deployment_object is 'What was in the database behind that deployment, for cargo pgmi drift.';
        grant select on pgmi.deployment_object to public;
    end if;
end
$pgmi$;

delete from pgmi.deployment;
insert into pgmi.deployment (recorded_at, recorded_by, server_version, pgmi_version)
select pg_catalog.clock_timestamp(), session_user, pg_catalog.current_setting('server_version'), '/*version*/';

delete from pgmi.deployment_object;
insert into pgmi.deployment_object (kind, name, parent, definition)
/*objects*/;
