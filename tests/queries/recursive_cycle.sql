--! id int4 not null
--! parent int4 null
--! is_cycle bool not null
--! many
with recursive up (id, parent) as (select id, parent from node union all select n.id, n.parent from node n join up on up.parent = n.id) cycle id set is_cycle using path select id, parent, is_cycle from up
