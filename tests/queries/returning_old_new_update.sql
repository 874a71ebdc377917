--! $bio text null
--! $id int4 not null
--! before text null
--! after text null
--! name text not null
--! zero_or_one
--! since 18
update artist set bio = $bio where id = $id returning old.bio as before, new.bio as after, new.name as name
