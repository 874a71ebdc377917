--! $id int4 not null
--! $name text not null
--! id int4 not null
--! zero_or_one
--! since 17
merge into genre g using (select $id::int4 as id, $name::text as name) s on g.id = s.id when matched and g.name <> s.name then update set name = s.name when not matched then insert (id, name) values (s.id, s.name) returning g.id
