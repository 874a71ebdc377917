--! n int4 null
--! many
select distinct on (generate_series(1, 3)) generate_series(1, 2) as n from genre
