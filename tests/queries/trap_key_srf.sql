--! $id int4 not null
--! id int4 not null
--! tag text null
--! many
select id, unnest(tags) as tag from album where id = $id
