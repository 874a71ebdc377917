select id from account where upper(email) = $email
