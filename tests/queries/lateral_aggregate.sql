--! $id int4 not null
--! id int4 not null
--! n int8 not null
--! last date null
--! zero_or_one
select a.id, l.n, l.last from artist a cross join lateral (select count(*) as n, max(b.released) as last from album b where b.artist = a.id) l where a.id = $id
