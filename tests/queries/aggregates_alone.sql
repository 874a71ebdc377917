--! total numeric null
--! last text null
--! names text[] null elements not null
--! n int8 not null
--! safe numeric not null
--! one
select sum(price) as total, max(name) as last, array_agg(name) as names, count(*) as n, coalesce(sum(price), 0) as safe from album
