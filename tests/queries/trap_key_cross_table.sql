--! $name text not null
--! id int4 not null
--! zero_or_one
select a.id from artist a, genre g where a.id = g.id and g.name = $name
