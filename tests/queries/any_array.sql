--! $ids int4[] not null elements not null
--! id int4 not null
--! many
select id from artist where id = any($ids)
