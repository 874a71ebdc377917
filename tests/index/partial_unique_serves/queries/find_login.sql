select id, hash from login where email = $email and deleted_at is null
