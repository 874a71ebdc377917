--! id int4 not null
--! name text null
--! many
select id, a.name from artist a right join genre g using (id)
