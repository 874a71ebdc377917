--! $from int4 not null
--! $to int4 not null
--! rest text[] not null elements not null
--! first text[] null elements not null
--! some text[] not null elements not null
--! many
select whole[2:] as rest, parts[:1] as first, whole[$from:$to] as some from odds
