--! $name text not null
--! id int4 not null
--! many
select id from artist where $name::text is not null and name = $name
