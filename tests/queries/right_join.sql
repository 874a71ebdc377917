--! id int4 null
--! name text null
--! album int4 not null
--! many
select a.id, a.name, g.album from album a right join album_genre g on false
