--! $id int4 not null
--! id int4 not null
--! note text null
--! zero_or_one
update album set price = 1 from sale where sale.album = album.id and album.id = $id returning album.id, sale.note
