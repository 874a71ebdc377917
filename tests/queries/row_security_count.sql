--! n int8 not null
--! all int8 not null
--! one
select count(*) as n, (select count(*) from secret) as all from artist
