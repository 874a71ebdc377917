--! name text not null
--! last date null
--! many
select s.name, s.last from (select g.name, max(a.born) as last, max(g.id) as id from artist a left join genre g on g.id = a.id group by g.name) s where s.name is not null
