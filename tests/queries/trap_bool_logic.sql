--! a bool null
--! b bool not null
--! n bool null
--! t bool not null
--! many
select released > '2000-01-01' and price > 1 as a, released is null or price > 1 as b, not (released > '2000-01-01') as n, (released > '2000-01-01') is true as t from album
