--! n int4 not null
--! w text null
--! many
with recursive t (n, w) as (select 1, 'a' union all select n + 1, case when n < 2 then 'b' end from t where n < 4) select n, w from t
