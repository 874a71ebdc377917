--! a int4 null
--! b text null
--! many
select u.a, u.b from unnest(array[1, 2], array['x']) u (a, b)
