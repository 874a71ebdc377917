--! $email email not null
--! $note required not null
--! none
insert into customer (email, required_note) values ($email, $note)
