-- The audit log, partitioned by time so that old years can be detached at once.
-- Identity columns of partitioned tables came with PostgreSQL 17: a sequence serves all versions.
create sequence audit.log_id_seq as bigint;

create table audit.log (
    id          bigint          not null default pg_catalog.nextval('audit.log_id_seq'),
    occurred_at timestamptz     not null default pg_catalog.clock_timestamp(),
    relation    text            not null,
    row_key     text            not null,
    operation   audit.operation not null,
    actor       text            not null default session_user,
    client      inet            default pg_catalog.inet_client_addr(),
    old_row     jsonb,
    new_row     jsonb,
    primary key (occurred_at, id)
) partition by range (occurred_at);

create index log_row_idx on audit.log (relation, row_key, occurred_at desc);

alter sequence audit.log_id_seq owned by audit.log.id;
