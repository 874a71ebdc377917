--! $id int4 not null
--! id int4 null
--! label text null
--! note text null
--! zero_or_one
--! imprecise: the trigger returns the row as it is; its body could be read
delete from board where id = $id and note is not null returning id, label, note
