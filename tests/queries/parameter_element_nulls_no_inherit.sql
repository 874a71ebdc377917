--! $id int4 not null
--! $tags text[] null elements not null
--! none
insert into own_tags (id, tags) values ($id, $tags)
