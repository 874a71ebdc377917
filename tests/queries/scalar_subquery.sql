--! name text not null
--! artist text null
--! sales int8 not null
--! genres int4[] not null elements not null
--! many
select a.name, (select r.name from artist r where r.id = a.artist) as artist, (select count(*) from sale s where s.album = a.id) as sales, array(select genre from album_genre g where g.album = a.id) as genres from album a
