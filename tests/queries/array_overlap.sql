--! $tags text[] not null
--! id int4 not null
--! many
select id from album where tags && $tags
