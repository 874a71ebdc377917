--! a int4 null
--! b int4 null
--! c int4 null
--! many
with recursive r as (select 1 as a, 2 as b, null::int4 as c union select b, c, a from r where a < 3) select a, b, c from r
