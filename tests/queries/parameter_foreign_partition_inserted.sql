--! $id int4 null
--! $name text null
--! none
--! needs file_fdw
--! imprecise: NULL goes to the foreign partition, and this wrapper takes no rows
insert into reading (id, name) values ($id, $name)
