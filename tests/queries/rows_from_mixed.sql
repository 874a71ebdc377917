--! $upto int4 not null
--! a int4 null
--! b text null
--! n int8 not null
--! many
select t.a, t.b, t.n from rows from (generate_series(1, $upto), unnest(array['a', 'b'])) with ordinality t (a, b, n)
