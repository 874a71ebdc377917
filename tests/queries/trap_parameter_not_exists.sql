--! $name text not null
--! id int4 not null
--! many
select id from artist a where not exists (select 1 from album b where b.artist = a.id and b.name = $name)
