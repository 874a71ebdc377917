--! id int4 not null
--! x date null
--! many
select a.id, v.x from artist a left join lateral (values (a.born), (null)) v (x) on v.x is not null
