--! $id int4 not null
--! name text not null
--! note text null
--! zero_or_one
select a.name, s.note from artist a cross join lateral (select note from sale order by sold_at limit 1) s where a.id = $id
