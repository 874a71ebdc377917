update album set rating = $rating where id = $id
