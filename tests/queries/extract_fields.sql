--! epoch numeric not null
--! year numeric null
--! month float8 null
--! day numeric null
--! isoyear numeric null
--! many
select extract(epoch from sold_at) as epoch, extract(year from released) as year, date_part('month', sold_at) as month, extract(day from sold_at) as day, extract(isoyear from released) as isoyear from sale join album a on a.id = sale.album
