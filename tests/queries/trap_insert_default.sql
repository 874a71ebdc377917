--! $id int4 not null
--! id int4 not null
--! line text null
--! one
insert into log (id) values ($id) returning id, line
