--! $email email not null
--! $address place null
--! id int8 not null
--! address place null
--! one
insert into customer (email, address, required_note) values ($email, $address, 'x') returning id, address
