--! a int4 null
--! b int4 null
--! one
--! imprecise: both arguments are constants
select t.a, u.a as b from cast(row(null) as single) t, coalesce(null::single, row(1)::single) u
