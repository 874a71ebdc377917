--! $name text not null
--! $id int4 not null
--! id int4 not null
--! name text not null
--! released date null
--! zero_or_one
update album set name = $name where id = $id returning id, name, released
