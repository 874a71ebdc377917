--! name text not null
--! zero_or_one
select name from artist order by name limit 1
