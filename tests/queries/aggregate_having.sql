--! total numeric not null
--! zero_or_one
select sum(price) as total from album having count(*) > 3
