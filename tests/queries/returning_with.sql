--! $name text not null
--! $id int4 not null
--! before text not null
--! after text not null
--! bio text not null
--! new_bio text not null
--! zero_or_one
--! since 18
update artist set name = $name where id = $id and bio is not null returning with (old as o, new as n) o.name as before, n.name as after, o.bio as bio, n.bio as new_bio
