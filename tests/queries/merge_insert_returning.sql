--! $id int4 not null
--! id int4 not null
--! line text not null
--! source int4 not null
--! zero_or_one
--! since 17
merge into log l using (select $id::int4 as id) s on l.id = s.id when not matched then insert (id, line) values (s.id, 'x') returning l.id, l.line, s.id as source
