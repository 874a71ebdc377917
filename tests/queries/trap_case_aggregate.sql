--! last text null
--! released date not null
--! many
--! imprecise: the condition is about the column that the rows are grouped by
select case when r.name is not null then max(r.name) else '' end as last, case when max(a.released) is not null then max(a.released) else '2000-01-01' end as released from album a left join artist r on r.id = a.artist group by r.name
