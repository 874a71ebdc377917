--! $id int4 not null
--! $line text null
--! id int4 not null
--! line text null
--! zero_or_one
insert into log (id, line) select $id, $line where not exists (select 1 from log where id = $id) returning id, line
