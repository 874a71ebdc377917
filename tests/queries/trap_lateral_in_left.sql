--! $id int4 not null
--! v text null
--! zero_or_one
select l.v from album a left join (artist r cross join lateral (select r.name as v limit 1) l) on r.id = a.artist where a.id = $id
