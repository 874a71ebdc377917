select id from account where email = $email and kind = $kind and created > $since
