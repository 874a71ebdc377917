--! id int4 not null
--! name text null
--! genre int4 null
--! many
select a.id, x.name, x.genre from album a left join (select g.album, ge.name, ge.id as genre from album_genre g left join genre ge on ge.id = g.genre) x on x.album = a.id
