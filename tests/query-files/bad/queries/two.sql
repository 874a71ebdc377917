delete from album where id = $id;
select 1;
