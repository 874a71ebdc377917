--! address place not null
--! street text null
--! many
--! imprecise: IS NOT NULL of a composite value holds for each of its fields
select address, (address).street as street from customer where address is not null
