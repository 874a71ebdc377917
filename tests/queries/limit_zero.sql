--! name text not null
--! zero_or_one
select name from artist limit 0
