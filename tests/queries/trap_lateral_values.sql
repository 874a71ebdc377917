--! x date null
--! many
select v.x from album a cross join lateral (values (a.released), (a.released)) v (x)
