--! $id int4 not null
--! $bio text null
--! none
--! since 15
merge into artist a using (select $id::int4 as id, $bio::text as bio) v on a.id = v.id when matched then update set bio = v.bio
