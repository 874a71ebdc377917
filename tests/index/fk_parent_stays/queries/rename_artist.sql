update artist set name = $name where id = $id
