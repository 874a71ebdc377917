--! n int4 null
--! many
select generate_series(1, 2) as n from genre order by generate_series(1, 3)
