--! id int4 not null
--! line text null
--! name text not null
--! many
--! since 17
merge into log l using artist a on l.id = a.id when matched then delete when not matched then insert values (a.id, a.name) returning l.id, l.line, a.name
