--! id int8 not null
--! many
select id from artist union all select id from customer
