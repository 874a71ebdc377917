--! since 18
--! $label text not null
--! $extra text not null
--! $id int4 not null
--! none
-- From 18 on a child cannot drop what it inherited.
update parent set label = $label, extra = $extra where id = $id
