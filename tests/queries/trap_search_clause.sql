--! id int4 not null
--! parent int4 null
--! path _record not null
--! many
with recursive t (id, parent) as (select id, parent from node where parent is null union all select n.id, n.parent from node n join t on n.parent = t.id where n.id <> t.id) search depth first by id set path select id, parent, path from t
