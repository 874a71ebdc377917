--! last int4 null
--! n int8 null
--! many int8 null
--! one
select (select max(id) from genre group by ()) as last, (select count(*) from genre group by name limit 1) as n, (select count(*) from genre having count(*) > 1) as many
