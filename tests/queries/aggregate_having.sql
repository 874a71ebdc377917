--! total numeric null
--! zero_or_one
--! imprecise: HAVING leaves groups with rows only
select sum(price) as total from album having count(*) > 3
