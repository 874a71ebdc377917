--! total numeric not null -- sum has a value in every group
--! zero_or_one -- HAVING may leave none
select sum(price) as total from album having count(*) > 3
