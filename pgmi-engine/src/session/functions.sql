-- The functions of session API v1.
-- Who runs it: the engine, behind views.sql. Names, arguments and defaults are part of the API.
--
--   pgmi_is_sql_file, pgmi_register_file              files
--   pgmi_validate_pattern, pgmi_has_tests,
--   pgmi_test_plan, pgmi_persist_test_plan            which tests, in which order
--   pgmi_test_generate, pgmi_run_test_source,
--   pgmi_test_callback                                running them

create or replace function pg_temp.pgmi_is_sql_file(filename text) returns boolean
    language sql immutable
as $pgmi$
    select filename ~* '\.(sql|ddl|dml|dql|dcl|psql|pgsql|plpgsql)$'
$pgmi$;

-- Adds a file to the session as if it had been in the project's folder.
create or replace function pg_temp.pgmi_register_file(
    in_path text, in_content text, in_checksum text, in_pgmi_checksum text)
    returns pg_temp._pgmi_source
    language plpgsql volatile
as $pgmi$
declare
    v_path text := pg_catalog.replace(pg_catalog.btrim(in_path), '\', '/');
    v_row  pg_temp._pgmi_source;
begin
    if v_path not like './%' then
        v_path := './' || pg_catalog.regexp_replace(v_path, '^(\./|/)+', '');
    end if;
    v_path := pg_catalog.regexp_replace(v_path, '/{2,}', '/', 'g');

    v_row.path := v_path;
    v_row.path_parts := pg_catalog.string_to_array(v_path, '/');
    v_row.depth := pg_catalog.array_length(v_row.path_parts, 1) - 2;
    v_row.name := v_row.path_parts[v_row.depth + 2];
    v_row.directory := pg_catalog.left(v_path, -pg_catalog.length(v_row.name));
    v_row.extension := coalesce(pg_catalog.substring(v_row.name, '(\.[a-zA-Z0-9]+)$'), '');
    v_row.parent_folder_name := case when v_row.depth > 0 then v_row.path_parts[v_row.depth + 1] end;
    v_row.content := in_content;
    v_row.size_bytes := pg_catalog.octet_length(in_content);
    v_row.checksum := in_checksum;
    v_row.pgmi_checksum := in_pgmi_checksum;
    v_row.strict_checksum := in_checksum;
    v_row.is_sql_file := pg_temp.pgmi_is_sql_file(v_row.name);
    v_row.is_test_file := false;

    insert into pg_temp._pgmi_source select v_row.*;
    return v_row;
end
$pgmi$;

-- The pattern itself when it is a regular expression, an error that says so when it is not.
create or replace function pg_temp.pgmi_validate_pattern(p_pattern text) returns text
    language plpgsql immutable
as $pgmi$
begin
    perform '' ~ p_pattern;
    return p_pattern;
exception when invalid_regular_expression then
    raise exception using
        errcode = 'invalid_regular_expression',
        message = pg_catalog.format('Invalid regex pattern: %s', p_pattern),
        detail  = sqlerrm,
        hint    = 'The pattern is a POSIX regular expression on the paths of tests, such as ''/orders/''.';
end
$pgmi$;

create or replace function pg_temp.pgmi_has_tests(dir text, pattern text default null) returns boolean
    language sql stable
as $pgmi$
    with recursive below (path) as (
        select dir
         union
        select d.path
          from pg_temp.pgmi_test_directory_view as d
          join below as b on d.parent_path = b.path
    )
    select exists (
        select
          from pg_temp.pgmi_test_source_view as t
          join below as b on b.path = t.directory
         where not t.is_fixture
           and (pattern is null or t.path ~ pattern))
$pgmi$;

-- The steps of a test run. A folder's steps stand together, its folders' steps inside its own:
-- fixtures, tests by name, folders by path, one teardown. Folder paths end with "/", so byte order
-- puts all that lies below a folder right behind it, and "0", the byte after "/", right behind that.
create or replace function pg_temp.pgmi_test_plan(p_pattern text default null)
    returns table (ordinal integer, step_type text, script_path text, directory text, depth integer)
    language plpgsql stable
as $pgmi$
declare
    v_pattern constant text := nullif(pg_temp.pgmi_validate_pattern(p_pattern), '');
begin
    return query
    with recursive selected (path) as (
        select t.directory
          from pg_temp.pgmi_test_source_view as t
         where not t.is_fixture
           and (v_pattern is null or t.path ~ v_pattern)
         union
        select d.parent_path
          from pg_temp.pgmi_test_directory_view as d
          join selected as s on s.path = d.path
         where d.parent_path is not null
    ), step as (
        select case when t.is_fixture then 'fixture' else 'test' end as step_type,
               t.path as script_path, t.directory, t.filename,
               t.directory as place,
               case when t.is_fixture then 0 else 1 end as rank
          from pg_temp.pgmi_test_source_view as t
          join selected as s on s.path = t.directory
         where t.is_fixture or v_pattern is null or t.path ~ v_pattern
         union all
        select 'teardown', null, s.path, '', pg_catalog.rtrim(s.path, '/') || '0', 2
          from selected as s
    )
    select (pg_catalog.row_number() over (
               order by s.place collate "C", s.rank, s.filename collate "C"))::integer,
           s.step_type, s.script_path, s.directory, d.depth
      from step as s
      join pg_temp.pgmi_test_directory_view as d on d.path = s.directory
     order by 1;
end
$pgmi$;

create or replace function pg_temp.pgmi_persist_test_plan(target_schema text, p_pattern text default null)
    returns void
    language plpgsql volatile
as $pgmi$
begin
    if pg_catalog.to_regclass(pg_catalog.format('%I.pgmi_test_plan', target_schema)) is null then
        execute pg_catalog.format(
            'create table %I.pgmi_test_plan (
                 ordinal     integer primary key,
                 step_type   text    not null,
                 script_path text,
                 directory   text    not null,
                 depth       integer not null)', target_schema);
    end if;
    execute pg_catalog.format('truncate %I.pgmi_test_plan', target_schema);
    execute pg_catalog.format(
        'insert into %I.pgmi_test_plan select * from pg_temp.pgmi_test_plan($1)', target_schema)
      using p_pattern;
end
$pgmi$;

-- The suite as SQL: savepoints, events, and each file run by a DO block of its own. The blocks do not
-- catch errors: what PostgreSQL says, hint, context and position included, reaches the client whole,
-- and the client adds which file it was.
create or replace function pg_temp.pgmi_test_generate(
    p_pattern text default null, p_callback text default 'pg_temp.pgmi_test_callback')
    returns text
    language plpgsql volatile
as $pgmi$
declare
    v_step      record;
    v_parts     text[] := '{}';
    v_last      integer := 0;
    v_savepoint integer := 0;
    -- Savepoint numbers by folder: before anything of it ran, and before its first test.
    v_before    jsonb := '{}';
    v_tests     jsonb := '{}';
    v_event     text := 'select ' || p_callback || '(row(%L,%L,%L,%s,%s,null)::pg_temp.pgmi_test_event);';
begin
    if p_callback is null or p_callback !~ '^[a-zA-Z_][a-zA-Z0-9_]{0,62}(\.[a-zA-Z_][a-zA-Z0-9_]{0,62})?$' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'the test callback is not the name of a function',
            hint    = 'Write it like pg_temp.my_callback.';
    end if;

    for v_step in
        select * from pg_temp.pgmi_test_plan(p_pattern) as p order by p.ordinal
    loop
        v_last := v_step.ordinal;

        if v_step.step_type = 'teardown' then
            v_parts := v_parts || pg_catalog.format(
                v_event, 'teardown_start', null, v_step.directory, v_step.depth, v_step.ordinal);
            if v_before ? v_step.directory then
                v_parts := v_parts || pg_catalog.format(
                    'rollback to savepoint __pgmi_d%1$s__;release savepoint __pgmi_d%1$s__;',
                    v_before ->> v_step.directory);
            end if;
            v_parts := v_parts || pg_catalog.format(
                v_event, 'teardown_end', null, v_step.directory, v_step.depth, v_step.ordinal);
            continue;
        end if;

        if not v_before ? v_step.directory then
            v_savepoint := v_savepoint + 1;
            v_before := v_before || pg_catalog.jsonb_build_object(v_step.directory, v_savepoint);
            v_parts := v_parts || pg_catalog.format('savepoint __pgmi_d%s__;', v_savepoint);
        end if;
        if v_step.step_type = 'test' and not v_tests ? v_step.directory then
            v_savepoint := v_savepoint + 1;
            v_tests := v_tests || pg_catalog.jsonb_build_object(v_step.directory, v_savepoint);
            v_parts := v_parts || pg_catalog.format('savepoint __pgmi_t%s__;', v_savepoint);
        end if;

        v_parts := v_parts
            || pg_catalog.format(v_event, v_step.step_type || '_start', v_step.script_path,
                                 v_step.directory, v_step.depth, v_step.ordinal)
            || pg_catalog.format('do %L;', pg_catalog.format(
                   'begin execute (select content from pg_temp.pgmi_test_source_view where path=%L); end',
                   v_step.script_path))
            || pg_catalog.format(v_event, v_step.step_type || '_end', v_step.script_path,
                                 v_step.directory, v_step.depth, v_step.ordinal);

        if v_step.step_type = 'test' then
            v_parts := v_parts
                || pg_catalog.format(v_event, 'rollback', v_step.script_path,
                                     v_step.directory, v_step.depth, v_step.ordinal)
                || pg_catalog.format('rollback to savepoint __pgmi_t%s__;',
                                     v_tests ->> v_step.directory);
        end if;
    end loop;

    if v_last = 0 then
        return pg_catalog.format('do %L;', pg_catalog.format(
            'begin raise exception using errcode = ''no_data_found'', message = %L, hint = %L; end',
            case when nullif(p_pattern, '') is null then 'pgmi: no tests were discovered'
                 else 'pgmi: no tests matched the requested pattern' end,
            case when nullif(p_pattern, '') is null
                 then 'Put SQL files into a folder __test__, or take CALL pgmi_test() out of deploy.sql.'
                 else 'The pattern is a POSIX regular expression on paths such as ./__test__/orders/a.sql.' end));
    end if;

    return pg_catalog.format(v_event, 'suite_start', null, '', 0, 0)
        || E'\n' || pg_catalog.array_to_string(v_parts, E'\n') || E'\n'
        || pg_catalog.format(v_event, 'suite_end', null, '', 0, v_last);
end
$pgmi$;

-- For deployments that run tests in their own way. What it catches loses its position.
create or replace function pg_temp.pgmi_run_test_source(p_path text) returns void
    language plpgsql volatile
as $pgmi$
declare
    v_content text;
    v_detail  text;
    v_hint    text;
begin
    select t.content into v_content from pg_temp.pgmi_test_source_view as t where t.path = p_path;
    if v_content is null then
        raise exception using
            errcode = 'no_data_found',
            message = pg_catalog.format('there is no test %s', p_path),
            hint    = 'pg_temp.pgmi_test_source_view lists the tests.';
    end if;
    execute v_content;
-- OTHERS leaves assertions out.
exception when assert_failure or others then
    get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
    raise exception using
        errcode = sqlstate,
        message = pg_catalog.format('Failed in %s: %s', p_path, sqlerrm),
        detail  = v_detail,
        hint    = v_hint;
end
$pgmi$;

create or replace function pg_temp.pgmi_test_callback(e pg_temp.pgmi_test_event) returns void
    language plpgsql volatile
as $pgmi$
begin
    case e.event
        when 'suite_start'    then raise notice '[pgmi] Test suite started';
        when 'fixture_start'  then raise notice '[pgmi] Fixture: %', e.path;
        when 'test_start'     then raise notice '[pgmi] Test: %', e.path;
        when 'rollback'       then raise debug  '[pgmi] Rollback: %', e.path;
        when 'teardown_start' then raise debug  '[pgmi] Teardown: %', e.directory;
        when 'suite_end'      then raise notice '[pgmi] Test suite completed (% steps)', e.ordinal;
        else null;
    end case;
end
$pgmi$;
