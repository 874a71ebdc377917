--! $id int4 not null
--! id int4 not null
--! many
--! since 17
merge into log l using (select $id::int4 as id) s on l.id = s.id when matched then update set line = 'x' when not matched by source then delete returning l.id
