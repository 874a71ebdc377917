select lower(email), count(*) from member group by lower(email) having lower(email) = $email and count(*) > 1
