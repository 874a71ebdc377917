--! name text null!
--! n int8 not null
--! many
select lower(name) as name, count(*) as n from artist group by rollup (lower(name))
