--! total numeric not null
--! last text not null
--! n int8 not null
--! zero_or_one
select sum(price) as total, max(name) as last, count(*) as n from album having sum(price) > 1
