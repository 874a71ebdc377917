--! n int8 not null
--! many
select count(*) as n from artist group by grouping sets ((), ())
