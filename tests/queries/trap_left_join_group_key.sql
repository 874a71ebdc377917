--! $id int4 not null
--! id int4 null
--! n int8 not null
--! many
select r.id, count(*) as n from album a left join artist r on r.id = $id and r.id = a.artist group by r.id
