--! $n int4 not null
--! quotient int4 not null
--! one
select 10 / $n::int4 as quotient
