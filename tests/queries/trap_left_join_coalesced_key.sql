--! $id int4 not null
--! id int4 not null
--! many
update genre set name = genre.name || $id from album a left join artist r on r.id = $id and r.id = a.artist where genre.id = coalesce(r.id, 1) returning genre.id
