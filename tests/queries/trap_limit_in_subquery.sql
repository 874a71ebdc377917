--! name text not null
--! zero_or_one
select s.name from (select name from genre limit 1) s cross join (select count(*) from artist) c
