--! $id int4 not null
--! $name text not null
--! action text not null
--! id int4 not null
--! name text not null
--! given text not null
--! one
--! since 17
merge into genre g using (values ($id::int4, $name)) v (id, name) on g.id = v.id when matched then update set name = v.name when not matched then insert (id, name) values (v.id, v.name) returning merge_action() as action, g.id, g.name, v.name as given
