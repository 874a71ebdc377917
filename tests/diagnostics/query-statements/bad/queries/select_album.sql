delete from album where id = $id;
select count(*) from album;
