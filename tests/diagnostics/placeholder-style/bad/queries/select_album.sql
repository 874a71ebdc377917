select id
  from album
 where id = $id
   and name = :name
