--! $id int4 not null
--! name text null
--! n int8 not null
--! zero_or_one
select r.name, count(*) as n from album a left join artist r on r.id = a.artist where a.id = $id group by r.name
