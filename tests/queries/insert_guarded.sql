--! $id int4 not null
--! $label text not null
--! id int4 not null
--! label text not null
--! note text null
--! zero_or_one
insert into guarded (id, label, note) values ($id, $label, 'x') returning id, label, note
