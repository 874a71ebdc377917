--! id int4 not null
--! line text null
--! name text null
--! many
--! since 17
merge into log l using genre g on g.id = l.id when not matched by source then delete when matched then update set line = g.name returning l.id, l.line, g.name
