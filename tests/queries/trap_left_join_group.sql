--! $genre int4 not null
--! genre int4 null
--! n int8 not null
--! many
-- A group of the rows that match, and one of those that do not.
select g.genre, count(*) as n from album a left join album_genre g on g.album = a.id and g.genre = $genre group by g.genre
