--! $id int4 not null
--! name text null
--! n int8 not null
--! many
select r.name, count(*) as n from album a left join artist r on r.id = $id and r.id = a.artist group by r.name
