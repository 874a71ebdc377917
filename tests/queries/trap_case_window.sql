--! first text null
--! before date null
--! many
select case when r.name is not null then first_value(r.name) over (order by a.id) else '' end as first, case when a.released is not null then lag(a.released, 1, a.released) over (order by a.id) else now()::date end as before from album a left join artist r on r.id = a.artist
