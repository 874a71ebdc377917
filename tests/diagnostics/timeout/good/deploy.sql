select 1;
commit;
select pg_sleep(0.01);
