--! $name text not null
--! $id int4 not null
--! name text not null
--! zero_or_one
update named set name = $name where id = $id returning name
