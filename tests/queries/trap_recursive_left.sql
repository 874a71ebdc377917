--! id int4 not null
--! parent int4 null
--! label text null
--! many
with recursive t as (select n.id, n.parent, p.label from node n left join node p on p.id = n.parent union select t.id, n.parent, n.label from t join node n on n.id = t.parent) select id, parent, label from t
