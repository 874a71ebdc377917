--! total numeric not null -- HAVING keeps no group where it is NULL
--! last text not null -- max has a value in every group
--! n int8 not null -- count gives a number even for no rows
--! zero_or_one -- HAVING may leave none
select sum(price) as total, max(name) as last, count(*) as n from album having sum(price) > 1
