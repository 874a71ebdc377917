delete from folder where id = $id
