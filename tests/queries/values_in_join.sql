--! $k int4 null
--! k int4 not null
--! name text not null
--! many
--! imprecise: only one of the rows of VALUES has w
select v.k, a.name from (values (1, 'x'), ($k, null)) v (k, w) join artist a on a.id = v.k where v.w is not null
