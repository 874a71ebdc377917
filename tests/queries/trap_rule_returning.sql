--! id int4 not null
--! line text not null
--! many
insert into quiet (id, line) select id, name from artist returning id, line
