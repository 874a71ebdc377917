--! a int4 null
--! b int4 null
--! many
select generate_series(1, 3) as a, generate_series(1, 2) as b
