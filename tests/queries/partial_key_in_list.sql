--! $id int4 not null
--! $owner int4 not null
--! id int4 not null
--! zero_or_one
select b.id from genre g, task b where g.id = $id and b.state in ('a', 'x') and b.owner = $owner
