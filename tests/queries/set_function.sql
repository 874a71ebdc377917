--! $artist int4 null
--! id int4 null
--! name text null
--! released date null
--! many
select id, name, released from albums_of($artist)
