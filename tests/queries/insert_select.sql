--! $bio text null
--! none
insert into artist (name, bio) select g.name, $bio from genre g
