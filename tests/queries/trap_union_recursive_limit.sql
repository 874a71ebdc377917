--! i int4 not null
--! zero_or_one
--! imprecise: the recursive query consists of constants
with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select i from n limit 1
