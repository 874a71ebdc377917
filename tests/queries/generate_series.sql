--! n int4 not null
--! many
select generate_series(1, 3) as n
