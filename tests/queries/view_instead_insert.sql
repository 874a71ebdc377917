--! $id int4 null
--! $label text null
--! id int4 null
--! label text null
--! note text null
--! zero_or_one
insert into board (id, label) values ($id, $label) returning id, label, note
