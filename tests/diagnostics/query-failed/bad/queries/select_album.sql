-- An album by its number.
select id, nme
  from album
 where id = $id
