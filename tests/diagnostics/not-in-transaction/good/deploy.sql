begin;
create table users (id int primary key);
call pgmi_test();
commit;
