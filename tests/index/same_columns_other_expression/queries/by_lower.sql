select id from account where lower(email) = $email
