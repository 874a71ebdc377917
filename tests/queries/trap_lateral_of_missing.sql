--! $id int4 not null
--! v int4 not null
--! n int8 not null
--! many
select l.v, count(*) as n from album a left join artist r on r.id = $id and r.id = a.artist cross join lateral (select coalesce(r.id, 0) as v limit 1) l group by l.v
