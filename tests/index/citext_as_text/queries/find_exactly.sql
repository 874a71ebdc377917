select id, name from account where email::text = $email
