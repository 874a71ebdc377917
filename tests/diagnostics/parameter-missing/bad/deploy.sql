begin;
create table note as select current_setting('pgmi.environment') as environment;
commit;
