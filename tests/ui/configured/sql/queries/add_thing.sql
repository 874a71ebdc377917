insert into thing (id, label) values ($id, $label)
