--! d date not null
--! many
select case when released is not null then (select a.released) else '2000-01-01' end as d from album a
