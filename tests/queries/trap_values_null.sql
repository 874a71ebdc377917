--! x int4 not null
--! y int4 null
--! many!
select v.x, v.y from (values (1, null), (2, 3)) v (x, y)
