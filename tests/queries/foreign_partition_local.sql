--! id int4 not null
--! name text not null
--! many
--! needs file_fdw
select id, name from reading_here
