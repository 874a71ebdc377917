--! $tags text[] null
--! $id int4 not null
--! none
update own_tags set tags = $tags where id = $id
