--! $name text not null
--! $id int4 not null
--! id int4 not null
--! name text not null
--! zero_or_one
update genre_names set name = $name where id = $id returning id, name
