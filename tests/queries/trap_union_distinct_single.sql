--! $id int4 not null
--! id int4 not null
--! many
select id from artist where id = $id union select id from artist where id = $id
