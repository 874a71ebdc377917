--! id int4 null
--! name text null
--! many
--! needs file_fdw
select id, name from reading
