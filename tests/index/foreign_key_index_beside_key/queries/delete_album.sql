delete from album where id = $id
