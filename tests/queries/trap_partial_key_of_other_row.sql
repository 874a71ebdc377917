--! $id int4 not null
--! $owner int4 not null
--! id int4 not null
--! other int4 not null
--! many
-- That a is running says nothing about b.
select a.id, b.id as other from task a, task b where a.state in ('a', 'x') and a.id = $id and b.owner = $owner
