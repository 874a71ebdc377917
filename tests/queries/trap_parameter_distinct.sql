--! $bio text null
--! none
update artist set bio = $bio where bio is distinct from $bio
