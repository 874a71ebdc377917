--! $id int4 not null
--! released date null
--! meta jsonb null
--! zero_or_one
update album set (released, meta) = (select born, '{}'::jsonb from artist where artist.id = album.artist) where id = $id returning released, meta
