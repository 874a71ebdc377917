--! $line text not null
--! $id int4 not null
--! id int4 not null
--! line text not null
--! zero_or_one
update gated set line = $line where id = $id returning id, line
