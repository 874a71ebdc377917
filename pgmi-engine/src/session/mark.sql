-- A test callback that marks when a file begins and ends, and passes every event on.
-- Who runs it: the engine, once for each CALL pgmi_test, when a report of the tests is wanted.
-- :name the callback, :callback the one that deploy.sql names. INFO reaches the client whatever
-- client_min_messages is; PGT01 tells it from the notices of others.
create or replace function :name(e pg_temp.pgmi_test_event) returns void
    language plpgsql volatile
as $pgmi$
begin
    if e.event not in ('fixture_end', 'test_end') then
        perform :callback(e);
    end if;
    if e.event in ('fixture_start', 'fixture_end', 'test_start', 'test_end') then
        raise info using
            errcode = 'PGT01',
            message = 'pgmi test',
            detail  = pg_catalog.jsonb_build_object(
                'event', e.event, 'path', e.path,
                'at', extract(epoch from pg_catalog.clock_timestamp()))::text;
    end if;
    if e.event in ('fixture_end', 'test_end') then
        perform :callback(e);
    end if;
end
$pgmi$;
