update album set plays = plays + 1 where id = $id
