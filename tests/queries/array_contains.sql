--! $tag text not null
--! id int4 not null
--! many
select id from album where $tag = any(tags)
