--! $id int4 not null -- log.id refuses NULL
--! $line text null -- NULL can be stored
--! id int4 not null -- log.id is NOT NULL
--! line text null -- log.line is not NOT NULL
--! zero_or_one -- one row is inserted, or none
insert into log (id, line) select $id, $line where not exists (select 1 from log where id = $id) returning id, line
