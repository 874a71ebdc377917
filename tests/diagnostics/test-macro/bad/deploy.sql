begin;
call pgmi_test(null, 'pg_temp.on_test; drop table users');
commit;
