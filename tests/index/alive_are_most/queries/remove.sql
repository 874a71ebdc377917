update account set deleted_at = now() where id = $id and deleted_at is null
