insert into artist (id, name, email) values ($id, $name, $email)
