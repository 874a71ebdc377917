--! $id int4 not null
--! note text null
--! zero_or_one
update guarded set note = 'x' where id = $id and note is not null returning note
