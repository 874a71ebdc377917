--! $name text not null
--! $bio text null
--! none
insert into artist (name, bio) values ($name, $bio)
