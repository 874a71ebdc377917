--! $name text not null
--! $id int4 not null
--! none
update artist set name = $name where id = $id
