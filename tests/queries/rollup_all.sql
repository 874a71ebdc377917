--! format format null!
--! n int8 not null
--! many
select format, count(*) as n from album group by rollup (format)
