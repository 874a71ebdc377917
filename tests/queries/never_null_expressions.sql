--! $word text null
--! n int8 not null
--! any bool not null
--! at timestamptz not null
--! literal text not null
--! word text not null
--! me name not null
--! schema name null
--! one
select count(*) as n, exists (select 1 from genre) as any, now() as at, 'x' as literal, coalesce($word, 'x') as word, current_user as me, current_schema as schema
