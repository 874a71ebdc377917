--! $id int4 not null
--! $line text null
--! id int4 not null
--! name text null
--! empty bool not null
--! one
insert into log (id, line) values ($id, $line) returning id, (select name from genre where genre.id = log.id) as name, line is null as empty
