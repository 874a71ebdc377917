--! $n int4 null
--! quotient int4 not null
--! one
--! imprecise: NULL for $n becomes 0, and dividing by that raises
select 1 / coalesce($n::int4, 0) as quotient
