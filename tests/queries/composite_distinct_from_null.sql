--! address place not null
--! many
select address from customer where address is distinct from null
