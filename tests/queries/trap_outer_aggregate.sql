--! m int4 null
--! one
select (select max(a.id) from genre limit 1) as m from artist a
