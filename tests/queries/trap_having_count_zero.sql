--! last text null -- max is NULL when there are no rows
--! zero_or_one -- HAVING may leave none
--! imprecise: count(*) is never below zero
select max(name) as last from album having count(*) >= 0
