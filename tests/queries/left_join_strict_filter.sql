--! $from text not null
--! name text not null
--! genre int4 not null
--! genre_name text not null
--! many
select a.name, g.genre, ge.name as genre_name from album a left join album_genre g on g.album = a.id left join genre ge on ge.id = g.genre where ge.name > $from
