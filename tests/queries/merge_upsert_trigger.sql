--! $id int4 not null
--! $name text not null
--! id int4 not null
--! zero_or_one
--! since 17
--! imprecise: the trigger drops no row; its body could be read
merge into named n using (select $id::int4 as id, $name::text as name) s on n.id = s.id when matched then update set name = s.name when not matched then insert (id, name) values (s.id, s.name) returning n.id
