--! id int4 not null
--! genres jsonb null
--! list int4[] not null elements not null
--! many
select a.id, (select jsonb_agg(g.genre) from album_genre g where g.album = a.id) as genres, array(select g.genre from album_genre g where g.album = a.id) as list from album a
