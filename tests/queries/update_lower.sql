--! $bio text null
--! $id int4 not null
--! none
update artist set bio = lower($bio) where id = $id
