--! $n int4 null
--! quotient int4 not null
--! one
select 1 / coalesce($n::int4, 0) as quotient
