update album set name = $name where id = $id returning id, name, format, artist
