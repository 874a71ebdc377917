--! $id int4 not null
--! $name text not null
--! id int4 not null
--! name text not null
--! zero_or_one
insert into named (id, name) values ($id, $name) returning id, name
