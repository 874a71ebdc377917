--! $street text null
--! $id int8 not null
--! address place not null
--! street text null
--! zero_or_one
update customer set address.street = $street where id = $id returning address, (address).street as street
