--! $id int4 not null
--! id int4 not null
--! t text null
--! many
select a.id, t from album a, unnest(a.tags) t where a.id = $id
