--! before int4 null
--! after int4 null
--! id int4 not null
--! many
--! since 18
merge into genre g using artist v on g.id = v.id when matched then delete when not matched then insert (id, name) values (v.id, v.name) returning old.id as before, new.id as after, v.id
