--! $id int4 not null
--! name text null
--! zero_or_one
select g.name from album a left join (artist r join genre g on g.id = r.id + 1) on r.id = a.artist where a.id = $id
