--! $word text null
--! both text[] not null
--! more text[] not null
--! given text[] not null
--! tags text[] not null
--! first text[] null
--! mixed text[] not null
--! many
select whole || parts as both, whole || 'x'::text as more, whole || $word::text as given, array_remove(tags, null) as tags, whole[1:1] as first, array_cat(whole, tags) as mixed from odds, album
