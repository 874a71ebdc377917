begin;
create table note as select coalesce(current_setting('pgmi.environment', true), 'development') as environment;
commit;
