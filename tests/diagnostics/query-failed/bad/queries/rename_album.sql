update album set name = ? where id = ?
