--! next int4 null
--! small text null
--! many
select c.next, c.small from artist a left join computed c on c.id = a.id
