--! id int4 null
--! n int8 not null
--! many
select x.id, x.n from (select id, count(*) as n from artist group by rollup (id)) x
