--! $tag text null
--! $id int4 not null
--! none
update album set tags = array_append(tags, $tag) where id = $id
