--! n int8 not null
--! zero_or_one
select count(*) as n from artist order by 1 fetch first 0 rows with ties
