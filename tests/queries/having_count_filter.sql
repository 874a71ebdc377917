--! last text not null
--! day date null
--! zero_or_one
--! imprecise: HAVING wants a row that has a date
select max(name) as last, max(released) as day from album having count(*) filter (where released is not null) > 0
