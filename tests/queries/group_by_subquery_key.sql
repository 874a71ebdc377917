--! $id int4 not null
--! name text not null
--! n int8 not null
--! zero_or_one
select a.name, c.n from (select album, count(*) as n from album_genre group by album) c join album a on a.id = c.album where a.id = $id
