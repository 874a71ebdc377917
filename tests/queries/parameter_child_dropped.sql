--! until 17
--! $label text not null
--! $extra text null
--! $id int4 not null
--! none
update parent set label = $label, extra = $extra where id = $id
