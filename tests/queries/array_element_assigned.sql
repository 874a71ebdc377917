--! $word text null
--! $id int4 not null
--! parts text[] not null elements not null
--! whole text[] not null elements not null
--! zero_or_one
--! imprecise: NULL for $word raises, since a CHECK keeps NULL out of the elements of parts
update odds set parts[2] = $word where id = $id returning parts, whole
