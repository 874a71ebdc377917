--! pop numeric not null
--! v numeric null
--! c float8 null
--! n int8 not null
--! many
select stddev_pop(price) as pop, variance(price) as v, corr(price, id) as c, regr_count(price, id) as n from album group by artist
