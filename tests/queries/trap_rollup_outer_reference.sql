--! copy int4 null
--! many
select (select a.id) as copy from artist a group by rollup (a.id)
