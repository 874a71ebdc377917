--! n int4 not null
--! a text null
--! many
with recursive r as (select 1 as n, 'x' as a union all select n + 1, null from r where n < 5) select n, a from r
