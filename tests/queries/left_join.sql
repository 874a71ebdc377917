--! id int4 not null
--! genre int4 null
--! name text null
--! many
select a.id, g.genre, ge.name from album a left join album_genre g on g.album = a.id left join genre ge on ge.id = g.genre
