--! $id int4 not null
--! $name text not null
--! id int4 not null
--! name text not null
--! zero_or_one
--! imprecise: the trigger drops no row; its body could be read
insert into named (id, name) values ($id, $name) returning id, name
