--! $genres int4[] not null elements not null
--! name text not null
--! genre int4 null
--! many
select a.name, g.genre from album a left join album_genre g on g.album = a.id where g.genre <> all($genres)
