--! $id int4 not null
--! id int4 not null
--! line text null
--! zero_or_one
insert into log (id, line) select id, bio from artist where id = $id returning id, line
