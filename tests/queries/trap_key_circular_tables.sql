--! id int4 not null
--! many
select a.id from artist a, genre g where a.id = g.id
