--! format text not null
--! total numeric null
--! level int4 not null
--! many
select coalesce(format::text, 'all') as format, sum(price) as total, grouping(format) as level from album group by grouping sets ((format), ())
