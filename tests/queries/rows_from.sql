--! a int4 null
--! b int4 null
--! many
select a, b from rows from (generate_series(1, 3), generate_series(1, 2)) as f (a, b)
