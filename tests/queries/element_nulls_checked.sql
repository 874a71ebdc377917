--! trimmed int4[] null elements not null
--! parts text[] not null elements not null
--! some text[] null elements not null
--! tags text[] not null
--! counted int4[] not null elements not null
--! many
select trimmed, coalesce(parts, '{}') as parts, parts[1:2] as some, array_remove(tags, 'a') as tags, counted from odds, album, tallied
