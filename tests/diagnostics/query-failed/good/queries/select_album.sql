-- An album by its number.
select id, name
  from album
 where id = $id
