--! id int4 null!
--! n int8 not null
--! first text null
--! many
select id, count(*) as n, min(name) as first from artist group by rollup (id)
