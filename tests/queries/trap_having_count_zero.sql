--! last text null
--! zero_or_one
select max(name) as last from album having count(*) >= 0
