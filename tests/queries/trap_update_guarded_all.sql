--! id int4 not null
--! label text not null
--! note text null
--! many
update guarded set note = 'x' returning id, label, note
