--! $id int4 not null
--! id int4 not null
--! artist int4 null
--! name text not null
--! released date null
--! zero_or_one
select id, artist, name, released from album where id = $id
