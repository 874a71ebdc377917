update album set name = $name where id = $id
