--! id int4 not null
--! many
select a.id from artist a cross join lateral (select a.id as x) l where a.id = l.x
