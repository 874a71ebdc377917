--! $street text not null
--! id int8 not null
--! many
select id from customer where (address).street = $street
