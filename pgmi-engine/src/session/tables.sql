-- The tables of a session: what the project's files and parameters are loaded into.
-- Who runs it: the engine, once a session, behind guard.sql; safe to run again in the same session.
-- They are internal. The user reads them through the views of views.sql.
--
--   files --> _pgmi_source, _pgmi_source_metadata
--             --> pgmi_source_view, pgmi_plan_view, pgmi_source_metadata_view
--   tests --> _pgmi_test_directory, _pgmi_test_source
--             --> pgmi_test_directory_view, pgmi_test_source_view, pgmi_test_plan()
--   parameters --> _pgmi_parameter --> pgmi_parameter_view

-- A fresh session has nothing to drop, and a drop that finds nothing would say so.
do $pgmi$
begin
    perform pg_catalog.set_config('client_min_messages', 'warning', true);
    if pg_catalog.to_regclass('pg_temp._pgmi_source') is not null then
        drop table pg_temp._pgmi_parameter, pg_temp._pgmi_source_metadata, pg_temp._pgmi_source,
                   pg_temp._pgmi_test_source, pg_temp._pgmi_test_directory cascade;
        drop type if exists pg_temp.pgmi_test_event cascade;
    end if;
end
$pgmi$;

create temporary table _pgmi_parameter (
    key           text    not null primary key check (key ~ '^\w+$'),
    value         text    not null,
    type          text    not null default 'text' check (type in (
                      'text', 'int', 'integer', 'bigint', 'numeric', 'boolean', 'bool',
                      'uuid', 'timestamp', 'timestamptz', 'name')),
    required      boolean not null default false,
    default_value text,
    description   text
);

create temporary table _pgmi_source (
    path               text    not null primary key,
    name               text    not null,
    directory          text    not null,
    extension          text    not null,
    depth              integer not null,
    content            text    not null,
    size_bytes         bigint  not null,
    checksum           text    not null,
    pgmi_checksum      text    not null,
    path_parts         text[]  not null,
    is_sql_file        boolean not null,
    is_test_file       boolean not null default false,
    parent_folder_name text,
    strict_checksum    text    not null,

    constraint chk_path check (
        path like './%' and pg_catalog.strpos(path, '\') = 0 and pg_catalog.strpos(path, '//') = 0),
    constraint chk_path_is_not_test check (path !~ '/__tests?__/'),
    constraint chk_path_is_directory_and_name check (path = directory || name),
    constraint chk_name check (pg_catalog.strpos(name, '/') = 0 and pg_catalog.btrim(name) <> ''),
    constraint chk_directory check (directory ~ '^\./(?:[^/]+/)*$'),
    constraint chk_extension check (extension ~ '^(\.[a-zA-Z0-9]+)?$'),
    constraint chk_depth check (
        depth between 0 and 100 and pg_catalog.array_length(path_parts, 1) = depth + 2),
    constraint chk_path_parts check (
        path_parts[1] = '.' and path_parts[depth + 2] = name and '' <> all (path_parts)),
    constraint chk_size check (size_bytes = pg_catalog.octet_length(content)),
    constraint chk_checksums check (
        checksum ~ '^[a-fA-F0-9]{32,64}$' and pgmi_checksum ~ '^[a-fA-F0-9]{32,64}$'),
    constraint chk_parent check ((parent_folder_name is null) = (depth = 0))
);

create temporary table _pgmi_source_metadata (
    path        text    not null primary key references _pgmi_source,
    id          uuid    not null,
    idempotent  boolean not null,
    sort_keys   text[]  not null default '{}',
    description text    not null default ''
);
create index on _pgmi_source_metadata using gin (sort_keys);

create temporary table _pgmi_test_directory (
    path        text    not null primary key
                check (path like './%/' and path ~ '/__tests?__/'),
    parent_path text,
    depth       integer not null check (depth >= 0)
);

create temporary table _pgmi_test_source (
    path       text    not null primary key,
    directory  text    not null references _pgmi_test_directory,
    filename   text    not null,
    content    text    not null,
    is_fixture boolean not null
);

-- What a test callback is given; context is reserved and null in v1.
create type pg_temp.pgmi_test_event as (
    event     text,
    path      text,
    directory text,
    depth     integer,
    ordinal   integer,
    context   jsonb
);
