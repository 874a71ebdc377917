--! text text null
--! many
select case when lower(name) is not null then name else '' end as text from artist group by grouping sets ((lower(name)), (name))
