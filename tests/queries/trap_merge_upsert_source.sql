--! $id int4 not null
--! id int4 not null
--! zero_or_one
--! since 17
merge into genre g using (select id, name from artist where id = $id) s on g.id = s.id when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name) returning g.id
