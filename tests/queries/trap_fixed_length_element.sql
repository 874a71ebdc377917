--! $id int4 not null
--! p point null
--! zero_or_one
update odds set p[0] = 5 where id = $id returning p
