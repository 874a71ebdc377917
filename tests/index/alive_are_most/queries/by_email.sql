select id, name from account where email = $email and deleted_at is null
