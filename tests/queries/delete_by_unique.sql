--! $name text not null
--! id int4 not null
--! name text not null
--! zero_or_one
delete from genre where name = $name and not exists (select from album_genre g where g.genre = genre.id) returning id, name
