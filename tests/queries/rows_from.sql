--! a int4 null
--! b int4 null
--! many
--! imprecise: the longer function is never padded, and both lengths are constant
select a, b from rows from (generate_series(1, 3), generate_series(1, 2)) as f (a, b)
