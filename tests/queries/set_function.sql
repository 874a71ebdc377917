--! $artist int4 null
--! id int4 null
--! name text null
--! released date null
--! many
--! imprecise: the function returns rows of a table as they are; its body could be read
select id, name, released from albums_of($artist)
