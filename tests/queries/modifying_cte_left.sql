--! $album int4 not null
--! id int4 not null
--! note text null
--! album int4 null
--! many
with d as (delete from sale where album = $album returning album, note) select a.id, d.note, d.album from album a left join d on d.album = a.id where a.id = $album
