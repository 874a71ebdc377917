--! name text not null
--! many
select name from artist where id not in (select artist from album)
