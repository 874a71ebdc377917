--! before text null
--! line text not null
--! old_id int4 null
--! new_id int4 not null
--! many
--! since 18
merge into log l using genre g on g.id = l.id when matched then update set line = g.name when not matched then insert (id, line) values (g.id, g.name) returning old.line as before, new.line as line, old.id as old_id, new.id as new_id
