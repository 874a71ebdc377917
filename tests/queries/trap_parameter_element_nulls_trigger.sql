--! $id int4 not null
--! $tags text[] null
--! none
insert into mended_tags (id, tags) values ($id, $tags)
