--! $id int4 not null
--! $name text not null
--! did text not null
--! id int4 not null
--! name text not null
--! one
--! since 17
with m as (merge into genre g using (values ($id::int4, $name::text)) s (id, name) on g.id = s.id when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name) returning merge_action() as did, g.id, g.name) select did, id, name from m
