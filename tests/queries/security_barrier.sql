--! $id int4 not null
--! id int4 not null
--! name text not null
--! bio text not null
--! zero_or_one
select id, name, bio from known_artist where id = $id
