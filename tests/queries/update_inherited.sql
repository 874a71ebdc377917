--! $label text not null
--! $id int4 not null
--! id int4 not null
--! label text not null
--! many
update parent set label = $label where id = $id returning id, label
