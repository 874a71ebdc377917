--! $id int4 not null
--! name text not null
--! other text not null
--! zero_or_one
select a.name, b.name as other from artist a, artist b where a.id = $id and b.id = a.id
