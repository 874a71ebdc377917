--! $id int4 not null
--! id int4 not null
--! many
select id from artist where id = $id union all select id from genre where id = $id
