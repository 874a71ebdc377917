begin;

create table users (id int primary key, email text unique);

savepoint tests;
call pgmi_test('/orders/');
rollback to savepoint tests;

commit;
