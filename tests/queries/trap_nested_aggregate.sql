--! total int8 null
--! outer int8 null
--! many
--! imprecise: the outer aggregate belongs to the query around
select (select sum(g.genre) from album_genre g where g.album = a.id) as total, (select sum(a.id)) as outer from album a group by a.id
