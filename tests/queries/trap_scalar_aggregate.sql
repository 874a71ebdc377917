--! last int4 null
--! n int8 not null
--! one int4 not null
--! first int4 null
--! one
select (select max(id) from genre) as last, (select count(*) from genre) as n, (select 1) as one, (select id from genre limit 1) as first
