--! name text not null
--! zero_or_one
select name from artist where id = (select max(artist) from album)
