select id, name from account where email = $email
