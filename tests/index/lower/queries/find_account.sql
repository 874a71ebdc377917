select id, name from account where lower(email) = lower($email)
