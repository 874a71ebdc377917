--! a int4 null
--! b text null
--! many
--! imprecise: both arrays are constants of the same length
select u.a, u.b from unnest(array[1, 2], array['x']) u (a, b)
