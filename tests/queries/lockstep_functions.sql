--! a int4 null
--! b int4 null
--! many
--! imprecise: the longer function is never padded, and both lengths are constant
select generate_series(1, 3) as a, generate_series(1, 2) as b
