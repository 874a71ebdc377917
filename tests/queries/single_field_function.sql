--! $n int4 null
--! a int4 null
--! whole single not null
--! one
select t.a, t as whole from single_of($n) t
