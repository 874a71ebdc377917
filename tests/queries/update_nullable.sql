--! $bio text null
--! $born date null
--! $id int4 not null
--! none
update artist set bio = $bio, born = $born where id = $id
