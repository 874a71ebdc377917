--! id int4 not null
--! line text not null
--! many
with i as (insert into log (id, line) select id, name from artist returning id, line) select * from i
