--! $id int4 not null -- NULL would raise where it is assigned to genre.id
--! $name text not null -- NULL would raise where it is assigned to genre.name
--! $other text not null -- NULL would raise where it is assigned to genre.name
--! none
--! since 15
merge into genre g using (select $id::int4 as id) s on g.id = s.id when not matched then insert (id, name) values (s.id, $name) when matched then update set name = $other
