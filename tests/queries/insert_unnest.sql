--! $names text[] not null elements not null
--! $bios text[] not null
--! none
insert into artist (name, bio) select * from unnest($names::text[], $bios::text[])
