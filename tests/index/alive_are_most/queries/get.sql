select id, name from account where id = $id and deleted_at is null
