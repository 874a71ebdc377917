--! $id int4 not null
--! $name text not null
--! name text not null
--! did text not null
--! one
--! since 17
merge into genre g using (select $id::int4 as id, $name::text as name) s on g.id = s.id when matched and s.name = '' then delete when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name) returning g.name, merge_action() as did
