select id from account where email = $email
