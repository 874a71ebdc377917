insert into artist (id, name, email, born) values ($id, $name, $email, $born)
