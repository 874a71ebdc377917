--! $a int4 null
--! $b text null
--! a int4 null
--! b text null
--! one
select $a::int4 as a, $b::text as b
