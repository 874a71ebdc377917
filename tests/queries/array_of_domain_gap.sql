--! $id int4 not null
--! needs required[] not null
--! zero_or_one
update odds set needs[5] = 'x' where id = $id returning needs
