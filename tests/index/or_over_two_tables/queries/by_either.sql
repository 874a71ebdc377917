select p.id from purchase as p join customer as c on c.id = p.customer where p.code = $code or c.email = $email
