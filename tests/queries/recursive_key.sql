--! $id int4 not null
--! id int4 not null
--! parent int4 null
--! label text not null
--! depth int4 not null
--! many
with recursive up as (select id, parent, label, 1 as depth from node where id = $id union all select n.id, n.parent, n.label, up.depth + 1 from node n join up on n.id = up.parent where up.depth < 5) select id, parent, label, depth from up
