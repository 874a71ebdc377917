--! $bio text null -- NULL can be stored
--! none -- the statement returns no columns
insert into artist (name, bio) select g.name, $bio from genre g
