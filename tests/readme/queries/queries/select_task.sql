select id, title, due from tasks where id = $id
