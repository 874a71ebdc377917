--! last text null
--! zero_or_one
--! imprecise: count(*) is never below zero
select max(name) as last from album having count(*) >= 0
