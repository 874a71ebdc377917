-- Two suites: what must hold before a step of the deployment, and what must hold after it.
-- Neither call pgmi_test(); in a comment nor one in a string is a macro.
begin;

savepoint before_step;
call pgmi_test('/before/');
rollback to savepoint before_step;

create temporary table step as
select 'call pgmi_test();' as no_macro;

savepoint after_step;
CALL pg_temp.pgmi_test( '/after/' /* a pattern, not a glob */ ) ;
rollback to savepoint after_step;

commit;
