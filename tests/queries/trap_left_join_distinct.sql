--! $id int4 not null
--! name text null
--! many
select distinct r.name from album a left join artist r on r.id = $id and r.id = a.artist
