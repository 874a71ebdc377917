--! $name text null
--! $format format null
--! id int4 not null
--! name text not null
--! many
select id, name from album where ($name::text is null or name = $name) and ($format::format is null or format = $format)
