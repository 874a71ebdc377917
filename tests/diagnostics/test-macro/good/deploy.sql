begin;

create function pg_temp.on_test(e pg_temp.pgmi_test_event) returns void
language sql
begin atomic
    select;
end;

call pgmi_test(null, 'pg_temp.on_test');

commit;
