--! $k text not null
--! k text not null
--! name text not null
--! many
select x.k, a.name from (select name as k from genre group by name) x join artist a on a.name = x.k where x.k = $k
