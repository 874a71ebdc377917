--! $n int4 null
--! a int4 null
--! b text null
--! one
select p.a, p.b from pair_of($n) p
