--! n int8 not null
--! zero_or_one
select count(*) as n from artist group by 1 + 1
