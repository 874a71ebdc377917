--! $id int4 not null
--! $note text null
--! id int4 not null
--! note text null
--! zero_or_one
select a.id, v.note from artist a join (values ($id::int4, $note::text)) v (id, note) on v.id = a.id
