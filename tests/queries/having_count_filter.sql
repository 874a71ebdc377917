--! last text not null -- max has a value in every group
--! day date null -- max is NULL when all values of a group are
--! zero_or_one -- HAVING may leave none
--! imprecise: HAVING wants a row that has a date
select max(name) as last, max(released) as day from album having count(*) filter (where released is not null) > 0
