--! $word text null
--! both text[] not null elements not null
--! more text[] not null elements not null
--! given text[] not null
--! tags text[] not null elements not null
--! first text[] not null elements not null
--! mixed text[] not null
--! many
select whole || parts as both, whole || 'x'::text as more, whole || $word::text as given, array_remove(tags, null) as tags, whole[1:1] as first, array_cat(whole, tags) as mixed from odds, album
