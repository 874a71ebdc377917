--! $words text[] not null
--! first text null
--! n int4 not null
--! one
select ($words::text[])[1] as first, cardinality($words::text[]) as n
