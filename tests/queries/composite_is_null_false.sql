--! address place not null
--! street text null
--! many
select address, (address).street as street from customer where not address is null
