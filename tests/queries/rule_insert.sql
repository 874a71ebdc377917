--! $id int4 not null
--! $line text null
--! id int4 not null
--! line text null
--! one
insert into quiet (id, line) values ($id, $line) returning id, line
